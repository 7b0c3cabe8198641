import { css } from 'lit';

export const dialpadStyles = css`
  .keys {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 6px;
    /* Keypads read 1 2 3 in every language. */
    direction: ltr;
  }
  .key {
    display: grid;
    place-items: center;
    align-content: center;
    block-size: var(--ml-keypad-key-height, 48px);
    border-radius: var(--_radius-3);
    background: var(--_sunken);
    color: var(--_ink);
    font-size: 1.25rem;
    font-weight: 500;
    line-height: 1.375rem;
    font-variant-numeric: tabular-nums;
    text-align: center;
    user-select: none;
  }
  .key:hover {
    background: var(--_hover);
  }
  .letters {
    min-block-size: 12px;
    color: var(--_muted);
    font-size: 0.6875rem;
    font-weight: 500;
    line-height: 12px;
    letter-spacing: 0.1em;
  }
  /* The ground of the stage: where a page puts the keys beside it, they would not be seen. */
  :host(:state(in-call)) .keys {
    padding: 8px;
    border-radius: var(--ml-stage-radius, var(--_radius-3));
    background: var(--_stage);
  }
  :host(:state(in-call)) .key {
    block-size: var(--ml-keypad-key-height, 40px);
    border-radius: 10px;
    background: var(--_stage-control);
    color: var(--_on-stage);
    font-size: 1.125rem;
  }
  :host(:state(in-call)) .key:hover {
    background: var(--_stage-hover);
  }
  :host(:state(in-call)) .letters {
    display: none;
  }
  :host(:state(in-call)) {
    --_focus: var(--_on-stage);
    --_focus-gap: var(--_stage);
  }
  :host {
    container-type: inline-size;
  }
  @container (min-inline-size: 356px) {
    .keys {
      gap: 8px;
    }
    .key {
      block-size: var(--ml-keypad-key-height, 52px);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .key:active {
      transform: scale(0.98);
      transition: transform var(--_quick);
    }
  }
  @media (forced-colors: active) {
    .key {
      border: 1px solid ButtonBorder;
    }
  }
`;
