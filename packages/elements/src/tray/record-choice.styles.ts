import { css } from 'lit';

export const recordChoiceStyles = css`
  .base {
    display: grid;
    gap: 8px;
    padding: 12px;
  }
  h3 {
    color: var(--_ink);
    font-size: var(--_size-3);
    font-weight: 600;
  }
  .hint + .choices {
    margin-block-start: -2px;
  }
  .choices {
    display: grid;
    max-block-size: 320px;
    margin-inline: -12px;
    overflow-y: auto;
  }
  .choices label {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 52px;
    padding: 6px 12px;
    cursor: pointer;
  }
  .choices label:hover {
    background: var(--_hover);
  }
  .choices label:has(:checked) {
    background: var(--_accent-soft);
  }
  input[type='radio'] {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .who {
    color: var(--_ink);
    font-weight: 600;
  }
  .about {
    display: flex;
    align-items: flex-start;
    gap: 4px;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .about .icon {
    inline-size: 14px;
    block-size: 14px;
    margin-block-start: 1px;
    stroke-width: 2;
  }
  .search {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 36px;
    padding-inline: 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-2);
    background: var(--_surface);
    color: var(--_muted);
  }
  .search input {
    flex: 1;
    min-inline-size: 0;
    padding: 6px 0;
    border: 0;
    outline: 0;
    background: none;
    color: var(--_ink);
    box-shadow: none;
  }
  .search input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .search:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  .foot {
    display: flex;
  }
  @media (forced-colors: active) {
    .search:focus-within {
      outline: 2px solid Highlight;
    }
    .choices label:has(:checked) {
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }
  }
`;
