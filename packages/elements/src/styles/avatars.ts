import { css } from 'lit';

/** A person's, lead's, account's or stranger's avatar: the shape says the kind. */
export const avatars = css`
  .avatar {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: var(--ml-avatar-size, 36px);
    block-size: var(--ml-avatar-size, 36px);
    border-radius: 50%;
    background: var(--_avatar);
    color: var(--_on-avatar);
    font-size: var(--_size-2);
    font-weight: 600;
    line-height: 1;
    letter-spacing: 0.01em;
  }
  .avatar.small {
    inline-size: 28px;
    block-size: 28px;
    font-size: 0.6875rem;
  }
  .avatar.large {
    inline-size: 48px;
    block-size: 48px;
    font-size: var(--_size-4);
  }
  .avatar.lead {
    border-radius: 10px;
  }
  .avatar.small.lead {
    border-radius: 8px;
  }
  .avatar.account,
  .avatar.case,
  .avatar.other {
    border-radius: 4px;
  }
  .avatar.unknown {
    border: 1.5px dashed currentColor;
    background: none;
    color: var(--_muted);
  }
  @media (forced-colors: active) {
    .avatar:not(.unknown) {
      border: 1px solid CanvasText;
    }
  }
`;
