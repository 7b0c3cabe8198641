import { css } from 'lit';

export const notesConflictStyles = css`
  .base {
    display: grid;
    gap: 12px;
    padding-block: 4px;
  }
  .choices {
    display: grid;
    gap: 8px;
  }
  label {
    display: flex;
    gap: 8px;
    min-block-size: 24px;
    color: var(--_ink);
    cursor: pointer;
  }
  input {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin: 2px 0 0;
    accent-color: var(--_accent);
  }
  .text {
    display: block;
    max-block-size: 120px;
    overflow-y: auto;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
`;
