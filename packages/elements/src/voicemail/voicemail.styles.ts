import { css } from 'lit';

export const voicemailStyles = css`
  h2 {
    flex: 1;
  }
  .head .badge {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .message {
    position: relative;
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr);
    column-gap: 12px;
    padding: 10px 12px;
  }
  .first {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 8px;
  }
  .name {
    position: relative;
    min-inline-size: 0;
    max-inline-size: 100%;
    overflow: hidden;
    color: var(--_ink);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .fresh .name {
    font-weight: 600;
  }
  .when {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: auto;
  }
  .fresh :is(.when, .mark) {
    color: var(--_accent-text);
  }
  /* A disc: new. A ring: heard. */
  .mark {
    inline-size: 24px;
    block-size: 24px;
    margin-inline-end: 4px;
  }
  .message:not(.fresh) .mark circle {
    fill: none;
    stroke: currentColor;
    stroke-width: 2px;
  }
  .player {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-block-start: 4px;
  }
  .player .play {
    background: var(--_sunken);
    color: var(--_ink);
  }
  .player > .tabular {
    padding-inline: 4px;
    color: var(--_muted);
    font-size: var(--_size-1);
  }
  input[type='range'] {
    flex: 1;
    min-inline-size: 48px;
    min-block-size: 24px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .message + .message::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: 60px 12px;
    border-block-start: 1px solid var(--_line);
  }
  .sure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    margin-block-start: 4px;
    font-size: var(--_size-1);
  }
  .sure > span {
    inline-size: 100%;
  }
  .sure > .button {
    min-block-size: 28px;
    padding-block: 3px;
  }
  .notice {
    margin: 4px 12px 8px;
  }
  .message .notice {
    margin: 4px 0 0;
  }
`;
