import { css } from 'lit';

export const searchStyles = css`
  .field {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 40px;
    padding-inline: 12px 4px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-2);
    background: var(--_surface);
    color: var(--_muted);
  }
  .field:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  input {
    flex: 1;
    align-self: stretch;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_ink);
    font-size: var(--_size-3);
    font-variant-numeric: tabular-nums;
    appearance: none;
  }
  input::placeholder {
    color: var(--_muted);
    font-size: var(--_size-2);
    opacity: 1;
  }
  input::-webkit-search-cancel-button {
    display: none;
  }
  input:focus-visible {
    outline: 0;
    box-shadow: none;
  }
  .results {
    margin-block-start: 8px;
  }
  .result {
    position: relative;
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: var(--ml-row-height, 56px);
    padding-block: 8px;
    border-radius: var(--_radius-2);
  }
  .result + .result::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: 46px 0;
    border-block-start: 1px solid var(--_line);
  }
  .result:hover,
  .result:focus-within {
    background: var(--_accent-soft);
  }
  .result:hover::before,
  .result:focus-within::before,
  .result:hover + .result::before,
  .result:focus-within + .result::before {
    content: none;
  }
  .result > .avatar {
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
    align-items: center;
    gap: 0 4px;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
    overflow-wrap: anywhere;
  }
  .kind .number {
    margin-inline-start: 4px;
  }
  .actions {
    display: flex;
  }
  .result:hover .call,
  .result:focus-within .call {
    color: var(--_live-text);
  }
  .none {
    display: grid;
    gap: 2px;
    padding: 16px 8px;
    color: var(--_muted);
    text-align: center;
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .none b {
    color: var(--_ink);
    font-size: var(--_size-2);
    font-weight: 600;
  }
  .bones {
    padding: 12px 4px;
  }
  .notice {
    margin-block-start: 8px;
  }
  @media (forced-colors: active) {
    .field:focus-within {
      outline: 2px solid Highlight;
    }
    .result:focus-within {
      outline: 1px solid Highlight;
    }
  }
`;
