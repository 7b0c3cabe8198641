import { css } from 'lit';

/** What every shadow root begins with: box model, bare buttons, focus, icons, numbers. */
export const shapes = css`
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
  }
  button:disabled,
  button[aria-disabled='true'] {
    cursor: default;
  }
  h2,
  h3,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
    font: inherit;
    list-style: none;
  }
  a {
    color: var(--_accent-text);
    font-weight: 500;
    text-decoration: none;
  }
  a:hover {
    text-decoration: underline;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
    box-shadow: 0 0 0 1px var(--_focus-gap);
  }
  .icon,
  .glyph {
    display: block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .glyph {
    inline-size: 12px;
    block-size: 12px;
    fill: currentColor;
    stroke: none;
  }
  .small-icon .icon {
    inline-size: 16px;
    block-size: 16px;
    stroke-width: 2;
  }
  .tiny-icon .icon {
    inline-size: 14px;
    block-size: 14px;
    stroke-width: 2;
  }
  .mirrored:dir(rtl) {
    transform: scaleX(-1);
  }
  .hang-up-icon .icon,
  .icon.hang-up {
    transform: rotate(135deg);
  }
  bdi.number,
  .tabular {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .extension-mark {
    color: var(--_muted);
  }
  .cut {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

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
    .badge {
      border: 1px solid CanvasText;
      line-height: 14px;
    }
  }
`;

/** A note in its panel: what happened, what is kept, what to do. */
export const notices = css`
  .notice {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 8px 10px;
    border-radius: var(--_radius-2);
    background: var(--_sunken);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .notice.danger {
    background: var(--_danger-soft);
    color: var(--_danger-text);
  }
  .notice.warn {
    background: var(--_warn-soft);
    color: var(--_warn-text);
  }
  .notice b {
    font-weight: 600;
  }
  .notice button {
    min-block-size: 24px;
    margin-block: -4px;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .notice .icon {
    inline-size: 16px;
    block-size: 16px;
    stroke-width: 2;
  }
  @media (forced-colors: active) {
    .notice {
      border: 1px solid CanvasText;
    }
  }
`;

/** The panel an element stands in, its empty shape and the grey bars of loading. */
export const panels = css`
  .panel {
    display: flex;
    flex-direction: column;
    overflow: clip;
    border-radius: var(--_radius-panel);
    background: var(--_surface);
    box-shadow: var(--_shadow-1);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 4px;
    padding: 28px 28px 32px;
    color: var(--_muted);
    text-align: center;
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .empty .disc {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    margin-block-end: 8px;
    border-radius: 50%;
    background: var(--_sunken);
  }
  .empty .disc .icon {
    inline-size: 24px;
    block-size: 24px;
  }
  .empty b {
    font-size: var(--_size-2);
    font-weight: 600;
    line-height: 1.25rem;
    color: var(--_ink);
  }
  .bones {
    display: grid;
    gap: 12px;
    padding: 12px;
  }
  .bones > * {
    block-size: 10px;
    border-radius: var(--_radius-1);
    background: var(--_hover);
  }
  .bones > .tall {
    block-size: 40px;
    border-radius: var(--_radius-2);
  }
  .bones > .short {
    inline-size: 55%;
  }
  /* Nothing for 200 ms: what comes quickly does not flicker. */
  @media (prefers-reduced-motion: no-preference) {
    .bones {
      animation: appear 1ms 200ms both;
    }
    .bones > * {
      animation: breathe 1.6s ease-in-out infinite alternate;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
    @keyframes breathe {
      to {
        opacity: 0.6;
      }
    }
  }
  @media (forced-colors: active) {
    .panel,
    .bones > * {
      border: 1px solid CanvasText;
    }
  }
`;

/** A person's, lead's, account's or stranger's avatar: the shape says the kind. */
export const avatars = css`
  .avatar {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: var(--ml-avatar-size, 36px);
    block-size: var(--ml-avatar-size, 36px);
    border-radius: 50%;
    background: var(--_avatar);
    color: var(--_on-avatar);
    font-size: var(--_size-2);
    font-weight: 600;
    line-height: 1;
    letter-spacing: 0.01em;
  }
  .avatar.small {
    inline-size: 28px;
    block-size: 28px;
    font-size: 0.6875rem;
  }
  .avatar.large {
    inline-size: 48px;
    block-size: 48px;
    font-size: var(--_size-4);
  }
  .avatar.lead {
    border-radius: 10px;
  }
  .avatar.small.lead {
    border-radius: 8px;
  }
  .avatar.account,
  .avatar.case,
  .avatar.other {
    border-radius: 4px;
  }
  .avatar.unknown {
    border: 1.5px dashed currentColor;
    background: none;
    color: var(--_muted);
  }
  @media (forced-colors: active) {
    .avatar:not(.unknown) {
      border: 1px solid CanvasText;
    }
  }
`;
