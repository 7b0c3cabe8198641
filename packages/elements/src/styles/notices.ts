import { css } from 'lit';

/** A note in its panel: what happened, what is kept, what to do. */
export const notices = css`
  .notice {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 8px 10px;
    border-radius: var(--_radius-2);
    background: var(--_sunken);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .notice.danger {
    background: var(--_danger-soft);
    color: var(--_danger-text);
  }
  .notice.warn {
    background: var(--_warn-soft);
    color: var(--_warn-text);
  }
  .notice b {
    font-weight: 600;
  }
  .notice button {
    min-block-size: 24px;
    margin-block: -4px;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .notice .icon {
    inline-size: 16px;
    block-size: 16px;
    stroke-width: 2;
  }
  @media (forced-colors: active) {
    .notice {
      border: 1px solid CanvasText;
    }
  }
`;
