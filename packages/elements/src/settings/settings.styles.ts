import { css } from 'lit';

export const settingsStyles = css`
  .list {
    display: grid;
    gap: 12px;
    padding: 4px 12px 12px;
  }
  h2 {
    padding: 8px 12px 4px;
    color: var(--_ink);
    font-size: var(--_size-4);
    font-weight: 600;
    line-height: 1.5rem;
    letter-spacing: -0.01em;
  }
  /* Sections of this panel, not boxes in it. */
  ml-audio-settings,
  ml-doctor {
    --ml-shadow-1: none;
    --ml-radius-panel: 0;
    border-block-start: 1px solid var(--_line);
  }
  label {
    display: grid;
    gap: 4px;
    font-size: var(--_size-1);
    font-weight: 500;
    line-height: 1rem;
  }
  select,
  input {
    inline-size: 100%;
    min-block-size: 36px;
    margin: 0;
    padding: 5px 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-2);
    background: var(--_surface);
    color: var(--_ink);
    font: inherit;
    font-size: var(--_size-2);
    font-weight: 400;
  }
  select:focus-visible,
  input:focus-visible {
    outline: 0;
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
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
    select:focus-visible,
    input:focus-visible {
      outline: 2px solid Highlight;
    }
  }
`;
