import { css } from 'lit';

/** Rows of people: who was found, who is a favorite. */
export const personRows = css`
  .row {
    position: relative;
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: var(--ml-row-height, 56px);
    padding-block: 4px;
    border-radius: var(--_radius-2);
  }
  .row + .row::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: 46px 0;
    border-block-start: 1px solid var(--_line);
  }
  .row:hover,
  .row:focus-within {
    background: var(--_accent-soft);
  }
  .row:hover::before,
  .row:focus-within::before,
  .row:hover + .row::before,
  .row:focus-within + .row::before {
    content: none;
  }
  .row > .avatar {
    pointer-events: none;
    margin-inline-start: 4px;
  }
  /* The whole row; what stands on it lets the pointer through, but for its own buttons. */
  .choose {
    position: absolute;
    inset: 0;
    border-radius: var(--_radius-2);
  }
  .choose:focus-visible {
    outline-offset: -2px;
    box-shadow: none;
  }
  .kind-icon,
  .dial,
  .actions {
    position: relative;
    z-index: 1;
  }
  .dial {
    display: flex;
    align-items: center;
    min-block-size: 24px;
  }
  .dial:hover bdi {
    text-decoration: underline;
  }
  .who {
    color: var(--_ink);
    font-weight: 600;
  }
  .kind {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 8px 10px;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
    overflow-wrap: anywhere;
  }
  /* Beside its glyph, however long it is. */
  .kind > .kind-icon {
    margin-inline-end: -8px;
  }
  .kind > .what {
    max-inline-size: calc(100% - 22px);
  }
  .kind > .dial {
    margin-block-start: -4px;
  }
  .actions {
    display: flex;
  }
  .row:hover .call,
  .row:focus-within .call {
    color: var(--_live-text);
  }
  @media (forced-colors: active) {
    .row:focus-within {
      outline: 1px solid Highlight;
    }
  }
`;
