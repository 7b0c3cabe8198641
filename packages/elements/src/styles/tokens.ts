import { css } from 'lit';

/*
 * Public tokens (`--ml-*`) are read, never set: one set on `:host` would cut the inheritance through nested elements.
 * Each falls back to a Salesforce hook (`--slds-g-*`) where one holds in every theme, then to our own value. Light or dark
 * is the page's `color-scheme`. In groups, so that an element brings only what it paints with.
 */

/** Surfaces, text, focus, type, space, shape, motion: every element's. */
export const base = css`
  :host {
    --_surface: var(--ml-color-surface, var(--slds-g-color-surface-container-1, light-dark(#ffffff, #1d2027)));
    --_sunken: var(--ml-color-sunken, var(--slds-g-color-surface-container-2, light-dark(#f4f5f8, #15171d)));
    --_ink: var(--ml-color-ink, var(--slds-g-color-on-surface-3, light-dark(#0f1a33, #f3f5f9)));
    --_text: var(--ml-color-text, var(--slds-g-color-on-surface-2, light-dark(#2a3346, #dce0e9)));
    --_muted: var(--ml-color-muted, light-dark(#586074, #a6aec0));
    --_hover: var(--ml-color-hover, color-mix(in srgb, var(--_ink) 6%, var(--_surface)));
    --_line: var(--ml-color-line, color-mix(in srgb, var(--_ink) 13%, var(--_surface)));
    --_border: var(--ml-color-border, light-dark(#7b8396, #7f889b));
    --_accent: var(--ml-color-accent, var(--slds-g-color-accent-container-1, light-dark(#2557e6, #3d6bf0)));
    --_on-accent: var(--ml-color-on-accent, var(--slds-g-color-on-accent-1, #ffffff));
    --_accent-text: var(--ml-color-accent-text, var(--slds-g-color-accent-3, light-dark(#1e4bd0, #94b4ff)));
    --_accent-soft: var(
      --ml-color-accent-soft,
      light-dark(
        color-mix(in srgb, var(--_accent) 10%, var(--_surface)),
        color-mix(in srgb, var(--_accent) 26%, var(--_surface))
      )
    );
    --_focus: var(--ml-color-focus, light-dark(#0f1a33, #ffffff));
    --_focus-gap: var(--ml-color-focus-gap, light-dark(#ffffff, #15171d));
    --_space-1: var(--ml-space-1, var(--slds-g-spacing-1, 4px));
    --_space-2: var(--ml-space-2, var(--slds-g-spacing-2, 8px));
    --_space-3: var(--ml-space-3, var(--slds-g-spacing-3, 12px));
    --_space-4: var(--ml-space-4, var(--slds-g-spacing-4, 16px));
    --_space-5: var(--ml-space-5, var(--slds-g-spacing-5, 24px));
    --_radius-1: var(--ml-radius-1, var(--slds-g-radius-border-1, 4px));
    --_radius-2: var(--ml-radius-2, var(--slds-g-radius-border-2, 8px));
    --_radius-3: var(--ml-radius-3, var(--slds-g-radius-border-3, 12px));
    --_radius-full: var(--ml-radius-full, var(--slds-g-radius-border-pill, 999px));
    --_radius-button: var(--ml-radius-button, var(--slds-s-button-radius-border, var(--_radius-2)));
    --_radius-panel: var(--ml-radius-panel, var(--slds-s-container-radius-border, var(--_radius-3)));
    --_size-1: var(--ml-font-size-1, var(--slds-g-font-scale-neg-1, 0.75rem));
    --_size-2: var(--ml-font-size-2, var(--slds-g-font-scale-base, 0.8125rem));
    --_size-3: var(--ml-font-size-3, var(--slds-g-font-scale-1, 0.875rem));
    --_size-4: var(--ml-font-size-4, var(--slds-g-font-scale-2, 1rem));
    --_size-5: var(--ml-font-size-5, 1.125rem);
    --_shadow-1: var(
      --ml-shadow-1,
      0 0 0 1px light-dark(#0f1a3314, #ffffff12),
      0 1px 2px light-dark(#0f1a3314, #00000066)
    );
    --_quick: var(--ml-motion-quick, var(--slds-g-duration-quickly, 100ms));
    --_move: var(--ml-motion-move, var(--slds-g-duration-promptly, 200ms));
    --_ease: var(--ml-motion-ease, cubic-bezier(0.2, 0, 0, 1));
    font-family: var(
      --ml-font-family,
      var(--slds-g-font-family, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif)
    );
    font-size: var(--_size-2);
    font-weight: 400;
    line-height: 1.25rem;
    color: var(--_text);
    letter-spacing: normal;
    text-align: start;
  }
`;

/** Green that starts a call, red that ends one. */
export const callColors = css`
  :host {
    --_call: var(--ml-color-call, light-dark(#0b7d4b, #0f8351));
    --_on-call: var(--ml-color-on-call, #ffffff);
    --_end: var(--ml-color-end, light-dark(#d3293b, #d3303f));
    --_on-end: var(--ml-color-on-end, #ffffff);
  }
`;

/** Live, danger, waiting: text and its soft ground. */
export const statusColors = css`
  :host {
    --_live-text: var(--ml-color-live-text, light-dark(#0a6b41, #5fdca3));
    --_live-soft: var(--ml-color-live-soft, light-dark(#e1f5ea, #12382a));
    --_danger-text: var(--ml-color-danger-text, light-dark(#b81f30, #ff9aa1));
    --_danger-soft: var(--ml-color-danger-soft, light-dark(#fdecee, #43191f));
    --_warn-text: var(--ml-color-warn-text, light-dark(#7d4b00, #ffcb66));
    --_warn-soft: var(--ml-color-warn-soft, light-dark(#fff2d6, #3a2c0f));
  }
`;

export const avatarColors = css`
  :host {
    --_avatar: var(--ml-color-avatar, light-dark(#e6eaf3, #323847));
    --_on-avatar: var(--ml-color-on-avatar, light-dark(#38435d, #d7deee));
  }
`;

/** The stage: the one dark thing, while a call lives. */
export const stageColors = css`
  :host {
    --_stage: var(--ml-color-stage, var(--slds-g-color-accent-dark-2, light-dark(#0f1a33, #0a0d15)));
    --_stage-edge: var(--ml-color-stage-edge, light-dark(#0000, #333b4d));
    --_on-stage: var(--ml-color-on-stage, #ffffff);
    --_on-stage-muted: var(--ml-color-on-stage-muted, #b9c4dc);
    --_stage-control: var(--ml-color-stage-control, #ffffff1f);
    --_stage-hover: var(--ml-color-stage-hover, #ffffff33);
    --_stage-on: var(--ml-color-stage-on, #ffffff);
    --_on-stage-on: var(--ml-color-on-stage-on, #0f1a33);
    --_stage-ring: var(--ml-color-stage-ring, #8ab8ff);
    --_stage-live: var(--ml-color-stage-live, #3ddc97);
    --_stage-hold: var(--ml-color-stage-hold, #ffc554);
    --_stage-fail: var(--ml-color-stage-fail, #ff9aa1);
  }
`;
