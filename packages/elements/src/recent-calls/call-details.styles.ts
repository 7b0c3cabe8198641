import { css } from 'lit';

export const callDetailsStyles = css`
  :host {
    container-type: inline-size;
    block-size: 100%;
  }
  .head {
    gap: 4px;
    padding-inline: 8px 12px;
  }
  .party {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 4px 12px 12px;
  }
  .party h3 {
    display: flex;
  }
  .party .name {
    overflow: hidden;
    color: var(--_ink);
    font-size: var(--_size-5);
    font-weight: 600;
    line-height: 1.5rem;
    letter-spacing: -0.015em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  button.name:hover {
    text-decoration: underline;
  }
  .name:focus-visible {
    border-radius: var(--_radius-1);
    outline-offset: -2px;
    box-shadow: none;
  }
  .kind,
  .phase {
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .kind {
    align-items: flex-start;
  }
  .kind > span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .phase {
    color: var(--_live-text);
    font-weight: 600;
  }
  .activity {
    display: block;
    padding-block: 2px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 0 12px 12px;
  }
  .button.go {
    border-color: var(--_call);
    background: var(--_call);
    color: var(--_on-call);
    font-weight: 600;
  }
  .wrong {
    padding: 0 12px 12px;
  }
  .wrong .plain {
    margin-inline-start: -8px;
  }
  ml-look-up {
    padding: 0 12px 12px;
  }
  .choice {
    border-block-start: 1px solid var(--_line);
  }
  .fields {
    display: grid;
    grid-template-columns: minmax(76px, auto) minmax(0, 1fr);
    gap: 10px 8px;
    padding: 12px;
    border-block: 1px solid var(--_line);
  }
  dt {
    color: var(--_muted);
    font-size: var(--_size-1);
  }
  dd {
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .again {
    display: flex;
    margin-block-start: 8px;
  }
  .notes {
    padding: 8px 12px 12px;
  }
  .notes-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  .notes-head h3 {
    font-size: var(--_size-1);
    font-weight: 600;
    line-height: 1rem;
  }
  .notes-head .icon-button {
    margin-inline-end: -8px;
  }
  .notes-text {
    max-block-size: 320px;
    overflow-y: auto;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .saved {
    margin-block-start: 4px;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  @media (forced-colors: active) {
    .button.go {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonText;
      color: ButtonFace;
    }
  }
  .player {
    display: block;
    inline-size: 100%;
    block-size: 32px;
    margin-block-end: 4px;
  }
`;
