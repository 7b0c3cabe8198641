import { css } from 'lit';

export const favoritesStyles = css`
  .notice {
    flex: none;
    margin: 0 12px 8px;
  }
  .scroll {
    padding: 0 8px 8px;
  }
  .row > .avatar {
    margin-inline-start: 4px;
  }
  .row + .row::before {
    inset-inline: 50px 4px;
  }
`;
