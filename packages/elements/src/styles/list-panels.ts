import { css } from 'lit';

/** A panel whose head stays while its list scrolls: as high as the place it is given. Not needed at the first paint. */
export const listPanels = css`
  :host {
    min-block-size: 0;
  }
  .panel {
    block-size: 100%;
    max-block-size: 100%;
  }
  .head {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    min-block-size: 48px;
    padding-inline: 12px;
  }
  h2 {
    color: var(--_ink);
    font-size: var(--_size-4);
    font-weight: 600;
    line-height: 1.5rem;
    letter-spacing: -0.01em;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
`;
