import { css } from 'lit';

/** The star of a favorite: told by being solid, by its word and by colour. */
export const stars = css`
  .star[aria-pressed='true'] {
    color: var(--_accent-text);
  }
  .star[aria-pressed='true'] .icon {
    fill: currentColor;
  }
  @media (forced-colors: active) {
    .star[aria-pressed='true'] {
      color: Highlight;
    }
  }
`;
