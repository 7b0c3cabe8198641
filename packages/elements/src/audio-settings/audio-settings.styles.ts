import { css } from 'lit';

export const audioSettingsStyles = css`
  .device {
    display: grid;
    gap: 8px;
  }
  .device .button {
    justify-self: start;
  }
  .meter {
    position: relative;
    block-size: 8px;
    background: var(--_line);
    mask: repeating-linear-gradient(to right, #000 0 calc(100% / 16 - 2px), transparent 0 calc(100% / 16));
  }
  .meter::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: max(0px, calc(var(--_cells, 0) / 16 * 100% - 2px));
    background: var(--_live-text);
  }
  .notice .button {
    margin-block-start: 8px;
    font-weight: 500;
    text-decoration: none;
  }
  /* What is not reached is low: two colors of a theme may be alike. */
  @media (forced-colors: active) {
    .meter {
      forced-color-adjust: none;
      background: linear-gradient(GrayText, GrayText) bottom / 100% 2px no-repeat;
    }
    .meter::before {
      background: Highlight;
    }
  }
`;
