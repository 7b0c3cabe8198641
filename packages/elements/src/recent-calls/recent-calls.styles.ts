import { css } from 'lit';

export const recentCallsStyles = css`
  :host {
    container-type: inline-size;
  }
  .notice {
    flex: none;
    margin: 0 12px 8px;
  }

  .filter {
    display: flex;
    flex: none;
    margin: 0 12px 8px;
    padding: 2px;
    border-radius: var(--_radius-2);
    background: var(--_sunken);
  }
  .filter label {
    position: relative;
    display: grid;
    flex: 1 1 auto;
    place-items: center;
    min-block-size: 28px;
    padding: 2px 6px;
    border-radius: 6px;
    color: var(--_muted);
    font-size: var(--_size-1);
    font-weight: 500;
    line-height: 1rem;
    text-align: center;
    cursor: pointer;
  }
  /* Over its words, so that whatever points at the control reaches it. */
  .filter input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .filter label:hover {
    color: var(--_ink);
  }
  .filter label:has(:checked) {
    background: var(--_surface);
    color: var(--_ink);
    font-weight: 600;
    box-shadow: var(--_shadow-1);
  }
  .filter label:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }

  .scroll {
    padding-block-end: 4px;
  }
  .row {
    position: relative;
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr) auto auto auto;
    align-items: center;
    column-gap: 12px;
    min-block-size: var(--ml-row-height, 56px);
    padding-inline: 12px;
  }
  .row .icon-button {
    margin-inline-start: -8px;
  }
  /* The divider begins where the text does. */
  .row + .row:not(.live)::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: 44px 12px;
    block-size: 1px;
    background: var(--_line);
  }
  .row:hover {
    background: var(--_hover);
  }
  .row.live {
    background: var(--_accent-soft);
  }
  .live + .row::before,
  .row:hover + .row::before {
    visibility: hidden;
  }
  .way {
    color: var(--_muted);
  }
  .missed .way,
  .missed .word {
    color: var(--_danger-text);
  }
  .missed .word {
    font-weight: 600;
  }
  .who {
    display: grid;
    padding-block: 4px;
    overflow: clip;
  }
  .first {
    display: flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
    min-block-size: 24px;
    color: var(--_ink);
  }
  .name {
    overflow: hidden;
    color: inherit;
    padding-block: 2px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  a.name,
  button.name,
  .kind-icon,
  .dial {
    position: relative;
    z-index: 1;
  }
  .kind-icon {
    margin-inline: -6px;
    color: var(--_muted);
  }
  .kind-icon .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  button.name:hover,
  .dial:hover bdi {
    text-decoration: underline;
  }
  .name:focus-visible {
    border-radius: var(--_radius-1);
    outline-offset: -2px;
    box-shadow: none;
  }
  .notes {
    flex: none;
    color: var(--_muted);
  }
  /* A dot stands before each part; at the start of a line it falls outside and is cut off. */
  .second,
  .open {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
  }
  .second {
    margin-inline-start: -12px;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .dial {
    display: flex;
    align-items: center;
    min-block-size: 24px;
  }
  .dial::before,
  .open > :not(.unseen)::before {
    content: '·' / '';
    display: inline-block;
    inline-size: 12px;
    color: var(--_muted);
    font-weight: 400;
    text-align: center;
  }
  /* Anywhere on the row is this button. */
  .open::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .open:focus-visible {
    outline: 0;
    box-shadow: none;
  }
  .open:focus-visible::after {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
    border-radius: var(--_radius-2);
  }
  .phase {
    display: inline-flex;
    align-items: center;
    color: var(--_accent-text);
    font-weight: 600;
  }
  .live-call .phase {
    color: var(--_live-text);
  }
  .held-call .phase,
  .lost-call .phase {
    color: var(--_warn-text);
  }
  .phase .glyph {
    margin-inline-end: 4px;
    inline-size: 10px;
    block-size: 10px;
  }
  .row .icon-button {
    z-index: 1;
  }
  .row .message {
    grid-column: 5;
  }
  .row:hover .call {
    color: var(--_call);
  }
  .row:hover .message {
    color: var(--_ink);
  }
  .icon-button:focus-visible {
    outline-offset: -2px;
    box-shadow: none;
  }

  /* Three buttons leave the words less room. */
  @container (max-inline-size: 360px) {
    .row {
      column-gap: 8px;
    }
    .row .icon-button {
      inline-size: 28px;
    }
    .row + .row:not(.live)::before {
      inset-inline-start: 40px;
    }
  }

  .older {
    display: grid;
    padding: 8px 12px;
  }
  .bones .row-bone {
    block-size: 32px;
    border-radius: var(--_radius-2);
  }
  @media (forced-colors: active) {
    .filter,
    .row.live {
      outline: 1px solid CanvasText;
      outline-offset: -1px;
    }
    .filter label:has(:checked) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .row + .row:not(.live)::before {
      background: CanvasText;
    }
  }
`;
