import { css } from 'lit';

/** The buttons of a call: Answer and Decline, the controls of a live one, the tones sent. */
export const controlsStyles = css`
  .choice {
    display: grid;
    grid-template-columns: 3fr 2fr;
    gap: 8px;
  }
  .choice button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 48px;
    padding-inline: 4px;
    border-radius: var(--_radius-3);
    background: var(--_end);
    color: var(--_on-end);
    font-size: 0.9375rem;
    font-weight: 600;
  }
  .choice #answer {
    background: var(--_call);
    color: var(--_on-call);
  }
  .compact .choice button {
    min-block-size: 36px;
    border-radius: var(--_radius-2);
    font-size: var(--_size-2);
  }

  .choice .icon {
    flex: none;
  }
  .compact .choice .icon {
    inline-size: 16px;
    block-size: 16px;
    stroke-width: 2;
  }
  .further {
    display: flex;
    gap: 6px;
  }
  .further button {
    display: grid;
    flex: 1 1 0;
    justify-items: center;
    align-content: center;
    gap: 3px;
    min-block-size: 44px;
    padding: 6px 4px;
    border-radius: var(--_radius-2);
    background: var(--_stage-control);
    color: var(--_on-stage);
    font-size: var(--_size-1);
    font-weight: 500;
    line-height: 0.875rem;
    text-align: center;
  }
  .further button:hover {
    background: var(--_stage-hover);
  }

  .controls {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 6px;
  }
  .controls button {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 2px;
    min-block-size: 52px;
    padding: 2px;
    border-radius: 10px;
    background: var(--_stage-control);
    color: var(--_on-stage);
    font-size: var(--_size-1);
    font-weight: 500;
    /* Two lines of words are no higher than one: the buttons never move. */
    line-height: 0.8125rem;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .controls button:hover {
    background: var(--_stage-hover);
  }
  .controls button[aria-pressed='true'],
  .controls button[aria-expanded='true'] {
    background: var(--_stage-on);
    color: var(--_on-stage-on);
  }
  .controls button:disabled {
    background: none;
    box-shadow: inset 0 0 0 1px var(--_stage-hover);
    color: var(--_on-stage-muted);
  }
  .controls .hang-up-control {
    grid-column: span 2;
    min-inline-size: 0;
    grid-auto-flow: column;
    justify-content: center;
    align-items: center;
    gap: 8px;
    background: var(--_end);
    color: var(--_on-end);
    font-size: var(--_size-3);
    font-weight: 600;
    line-height: 1.25rem;
  }
  /* It fills the row that is left, or one of its own. */
  .rest-0 .hang-up-control,
  .rest-3 .hang-up-control {
    grid-column: span 4;
    min-block-size: 44px;
  }
  .rest-1 .hang-up-control {
    grid-column: span 3;
  }
  .controls .hang-up-control:hover {
    background: color-mix(in srgb, var(--_end) 90%, black);
  }
  .choice button:hover {
    background: color-mix(in srgb, var(--_end) 90%, black);
  }
  .choice #answer:hover {
    background: color-mix(in srgb, var(--_call) 90%, black);
  }
  [aria-disabled='true'] {
    opacity: 0.7;
  }
  /* Its ground is the stage's. */
  ml-dialpad {
    margin: -8px;
  }
  .digits {
    min-block-size: 28px;
    font-size: var(--_size-5);
    font-weight: 500;
    line-height: 28px;
    letter-spacing: 0.2em;
    text-align: center;
    overflow-wrap: anywhere;
  }

  @container (max-inline-size: 287px) {
    .controls {
      grid-template-columns: repeat(3, 1fr);
    }
    .controls .hang-up-control {
      grid-column: 1 / -1;
      min-block-size: 44px;
    }
    .choice button {
      gap: 6px;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .controls button:active,
    .further button:active,
    .choice button:active {
      transform: scale(0.98);
    }
  }
  @media (forced-colors: active) {
    .controls button,
    .further button,
    .choice button {
      border: 1px solid ButtonBorder;
    }
    .controls button[aria-pressed='true'],
    .controls button[aria-expanded='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .controls .hang-up-control,
    .choice button,
    .choice #answer {
      forced-color-adjust: none;
      background: ButtonText;
      color: ButtonFace;
    }
  }
`;
