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
  /* A name stands where the interface begins; what of it is cut is its end, whichever way it reads. */
  bdi.cut,
  .cut > bdi,
  .name > bdi {
    display: block;
    inline-size: fit-content;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
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
  /* A color of its own would stay as it is: a picture is not forced. */
  @media (forced-colors: active) {
    .icon,
    .glyph {
      color: inherit !important;
    }
  }
`;
