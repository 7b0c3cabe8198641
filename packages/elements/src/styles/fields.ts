import { css } from 'lit';

/** A word over its input or select. Not needed at the first paint. */
export const fields = css`
  label {
    display: grid;
    gap: 4px;
    font-size: var(--_size-1);
    font-weight: 500;
    line-height: 1rem;
  }
  select,
  input {
    inline-size: 100%;
    min-block-size: 36px;
    margin: 0;
    padding: 5px 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-2);
    background: var(--_surface);
    color: var(--_ink);
    font: inherit;
    font-size: var(--_size-2);
    font-weight: 400;
  }
  /* Its words stand 4 px further in by themselves. */
  select {
    padding-inline: 6px;
    text-overflow: ellipsis;
  }
  select:focus-visible,
  input:focus-visible {
    outline: 0;
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  @media (forced-colors: active) {
    select:focus-visible,
    input:focus-visible {
      outline: 2px solid Highlight;
    }
  }
`;
