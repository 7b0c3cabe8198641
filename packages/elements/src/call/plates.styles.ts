import { css } from 'lit';

/** Buttons on the stage that stand in a row: plain, the first in white, and square ones with an icon alone. */
export const platesStyles = css`
  .plate,
  .square {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 32px;
    border-radius: var(--_radius-2);
    background: var(--_stage-control);
    color: var(--_on-stage);
    font-size: var(--_size-1);
    font-weight: 500;
    line-height: 1rem;
    text-align: center;
  }
  .plate {
    flex: 1 1 0;
    padding: 4px 12px;
  }
  .square {
    flex: none;
    inline-size: 32px;
  }
  .plate:hover,
  .square:hover {
    background: var(--_stage-hover);
  }
  .plate.first,
  .square[aria-pressed='true'] {
    background: var(--_stage-on);
    color: var(--_on-stage-on);
    font-weight: 600;
  }
  .side {
    display: flex;
    gap: 6px;
  }
  @media (prefers-reduced-motion: no-preference) {
    .plate:active,
    .square:active {
      transform: scale(0.98);
    }
  }
  @media (forced-colors: active) {
    .plate,
    .square {
      border: 1px solid ButtonBorder;
    }
    .plate.first,
    .square[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .plate.first {
      background: ButtonText;
      color: ButtonFace;
    }
  }
`;
