import { css } from 'lit';

export const doctorStyles = css`
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .finding {
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr);
    column-gap: 12px;
    padding-block: 8px;
    border-block-start: 1px solid var(--_line);
    overflow-wrap: anywhere;
  }
  .finding b {
    color: var(--_ink);
    font-weight: 600;
  }
  .finding p {
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .finding .icon {
    color: var(--_muted);
  }
  .finding.ok .icon {
    color: var(--_live-text);
  }
  .finding.warning .icon {
    color: var(--_warn-text);
  }
  .finding.failed .icon {
    color: var(--_danger-text);
  }
`;
