import { css } from 'lit';

export const presenceStyles = css`
  section {
    padding-block-end: 8px;
  }
  h2 {
    padding: 10px 12px 4px;
    color: var(--_muted);
    font-size: var(--_size-1);
    font-weight: 600;
    line-height: 1rem;
  }
  .choice {
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr) 20px;
    align-items: center;
    column-gap: 12px;
    inline-size: 100%;
    min-block-size: 36px;
    padding: 4px 12px;
    color: var(--_ink);
    font-weight: 500;
  }
  .choice:hover {
    background: var(--_hover);
  }
  .choice:focus-visible {
    outline-offset: -2px;
    box-shadow: none;
  }
  .choice > span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .choice small {
    display: block;
    color: var(--_muted);
    font-size: var(--_size-1);
    font-weight: 400;
    line-height: 1rem;
  }
  .choice .glyph {
    inline-size: 16px;
    block-size: 16px;
    justify-self: center;
  }
  .on .glyph {
    color: var(--_live-text);
  }
  .dnd .glyph {
    color: var(--_end);
  }
  .busy .glyph {
    color: var(--_warn-text);
  }
  [aria-busy='true'] .choice {
    color: var(--_muted);
  }
  .notice {
    margin: 4px 12px;
  }
  .parts {
    border-block-start: 1px solid var(--_line);
    margin-block-start: 8px;
  }
  form {
    display: grid;
    gap: 8px;
    padding: 4px 12px 8px;
  }
  .parts > form:first-child {
    padding-block-start: 8px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
  }
  @media (forced-colors: active) {
    .parts {
      border-color: CanvasText;
    }
  }
`;
