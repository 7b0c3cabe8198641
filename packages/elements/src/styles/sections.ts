import { css } from 'lit';

/** A titled section of choices: what Settings, Sound and the connection test are made of. Not needed at the first paint. */
export const sections = css`
  h2 {
    padding: 8px 12px 4px;
    color: var(--_ink);
    font-size: var(--_size-4);
    font-weight: 600;
    line-height: 1.5rem;
    letter-spacing: -0.01em;
  }
  .parts {
    display: grid;
    gap: 12px;
    padding: 4px 12px 12px;
  }
  .parts > p:empty {
    position: absolute;
  }
`;
