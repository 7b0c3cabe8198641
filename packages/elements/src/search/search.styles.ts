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
  }
`;
