import { css } from 'lit';

export const trayStyles = css`
  :host {
    container-type: inline-size;
  }
  h2:focus-visible {
    border-radius: var(--_radius-1);
  }
  .item {
    position: relative;
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr);
    column-gap: 12px;
    padding: 8px 12px 10px;
  }
  .item + .item::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: 44px 12px;
    block-size: 1px;
    background: var(--_line);
  }
  .mark {
    padding-block-start: 4px;
    color: var(--_warn-text);
  }
  .not-logged .mark {
    color: var(--_danger-text);
  }
  .first {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 8px;
  }
  .name {
    min-inline-size: 0;
    max-inline-size: 100%;
    overflow: hidden;
    color: var(--_ink);
    padding-block: 2px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  button.name:hover {
    text-decoration: underline;
  }
  .time,
  .why {
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .time {
    margin-inline-start: auto;
  }
  .why {
    overflow-wrap: anywhere;
  }
  .not-logged .why b {
    color: var(--_danger-text);
    font-weight: 500;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 6px;
  }
  .actions .button {
    min-block-size: 28px;
    padding-block: 3px;
  }
  .more {
    grid-column: 1 / -1;
    min-inline-size: 0;
  }
  .more ml-record-choice {
    margin-block-start: 8px;
    margin-inline: -12px;
  }
  .conflict .more {
    grid-column: 2;
    margin-block-start: 4px;
  }
  .notice {
    margin-block-start: 6px;
  }
  .waiting {
    flex: none;
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 10px 12px;
    border-block-start: 1px solid var(--_line);
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  @media (forced-colors: active) {
    .item + .item::before {
      background: CanvasText;
    }
  }
`;
