import { css } from 'lit';

export const settingsStyles = css`
  /* Sections of this panel, not boxes in it. */
  ml-audio-settings,
  ml-doctor,
  ml-sign-out {
    --ml-shadow-1: none;
    --ml-radius-panel: 0;
    border-block-start: 1px solid var(--_line);
  }
  .row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-block-size: 36px;
    color: var(--_ink);
    font-weight: 500;
  }
  .row > span {
    min-inline-size: 0;
  }
  .row small {
    display: block;
    color: var(--_muted);
    font-size: var(--_size-1);
    font-weight: 400;
    line-height: 1rem;
  }
  .row .button {
    flex: none;
  }
  .switch {
    position: relative;
    flex: none;
    inline-size: 36px;
    block-size: 24px;
    border-radius: var(--_radius-full);
  }
  .switch::before {
    content: '';
    position: absolute;
    inset-block: 2px;
    inset-inline: 0;
    border-radius: var(--_radius-full);
    background: var(--_border);
  }
  .switch::after {
    content: '';
    position: absolute;
    inset-block-start: 4px;
    inset-inline-start: 2px;
    inline-size: 16px;
    block-size: 16px;
    border-radius: 50%;
    background: var(--_surface);
  }
  .switch[aria-checked='true']::before {
    background: var(--_accent);
  }
  .switch[aria-checked='true']::after {
    inset-inline-start: 18px;
    background: var(--_on-accent);
  }
  @media (forced-colors: active) {
    .switch::before {
      border: 1px solid ButtonBorder;
      background: ButtonFace;
    }
    .switch::after {
      background: ButtonText;
    }
    .switch[aria-checked='true']::before {
      forced-color-adjust: none;
      background: Highlight;
    }
    ml-audio-settings::part(base),
    ml-doctor::part(base),
    ml-sign-out::part(base) {
      border: 0;
    }
  }
`;
