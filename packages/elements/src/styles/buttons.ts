import { css } from 'lit';

/** Outlined, filled and plain buttons, square icon buttons and the count on them. */
export const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 32px;
    padding: 5px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-button);
    background: var(--_surface);
    color: var(--_ink);
    font-weight: 500;
    text-align: center;
  }
  .button:hover {
    background: var(--_hover);
  }
  .button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  .button.plain {
    border-color: transparent;
    background: none;
    color: var(--_accent-text);
    padding-inline: 8px;
  }
  .button.wide {
    flex: 1;
  }
  .button.tall {
    min-block-size: 40px;
  }
  .button:disabled,
  .button[aria-disabled='true'] {
    border-color: var(--_line);
    background: var(--_sunken);
    color: var(--_muted);
  }
  .icon-button {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: var(--_radius-2);
    color: var(--_muted);
  }
  .icon-button:hover,
  .icon-button[aria-expanded='true'] {
    background: var(--_hover);
    color: var(--_ink);
  }
  .badge {
    min-inline-size: 16px;
    block-size: 16px;
    padding-inline: 4px;
    border-radius: var(--_radius-full);
    background: var(--_end);
    color: var(--_on-end);
    font-size: 0.6875rem;
    font-weight: 600;
    line-height: 16px;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .icon-button .badge {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: -1px;
    box-shadow: 0 0 0 2px var(--_surface);
  }
  @media (prefers-reduced-motion: no-preference) {
    .button:active:not(:disabled),
    .icon-button:active:not(:disabled) {
      transform: scale(0.98);
      transition: transform var(--_quick);
    }
  }
  @media (forced-colors: active) {
    .button {
      border-color: ButtonBorder;
    }
    .button.primary {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonText;
      color: ButtonFace;
    }
    .button:disabled,
    .button.primary:disabled {
      border-color: GrayText;
      background: ButtonFace;
      color: GrayText;
    }
    .icon-button[aria-expanded='true'] {
      border: 1px solid;
    }
    .badge {
      border: 1px solid CanvasText;
      line-height: 14px;
    }
  }
`;
