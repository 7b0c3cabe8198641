import { css } from 'lit';

/** The field and the people it finds, on the stage. */
export const callTargetStyles = css`
  :host {
    --_focus: var(--_on-stage);
    --_focus-gap: var(--_stage);
    --_muted: var(--_on-stage-muted);
    --_ink: var(--_on-stage);
    --_avatar: var(--_stage-hover);
    --_on-avatar: var(--_on-stage);
    --_hover: var(--_stage-hover);
    --_danger-soft: var(--_stage-control);
    --_danger-text: var(--_stage-fail);
  }
  .target {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    min-inline-size: 0;
  }
  .field {
    border-color: color-mix(in srgb, var(--_on-stage) 60%, transparent);
    background: color-mix(in srgb, var(--_on-stage) 8%, transparent);
    color: var(--_on-stage-muted);
  }
  .field:focus-within {
    border-color: var(--_on-stage);
    box-shadow: 0 0 0 1px var(--_on-stage);
  }
  .best {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    min-inline-size: 0;
  }
  .whom,
  .whole {
    display: flex;
    align-items: center;
    gap: 10px;
    min-inline-size: 0;
  }
  .whole {
    inline-size: 100%;
    border-radius: var(--_radius-2);
  }
  .whole .whom {
    flex: 1;
  }
  .further {
    display: grid;
    gap: 8px;
    padding-block-start: 12px;
    border-block-start: 1px solid var(--_stage-control);
  }
  .notice {
    margin: 0;
  }
`;
