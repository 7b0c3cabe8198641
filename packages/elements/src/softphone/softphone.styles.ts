import { css } from 'lit';

export const softphoneStyles = css`
  :host {
    container-type: inline-size;
    inline-size: var(--ml-softphone-width, auto);
    min-inline-size: 260px;
  }
  .header {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 48px;
    padding: 4px 12px;
  }
  .header .avatar {
    overflow: visible;
  }
  .self {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 40px;
    margin-inline-start: -4px;
    padding-inline-start: 4px;
    border-radius: var(--_radius-2);
  }
  .self:hover {
    background: var(--_hover);
  }
  .portrait {
    position: relative;
    flex: none;
  }
  .presence {
    position: absolute;
    inset-block-end: -3px;
    inset-inline-end: -3px;
    padding: 1.5px;
    border-radius: 50%;
    background: var(--_surface);
  }
  .presence.on {
    color: light-dark(#0b7d4b, #3ddc97);
  }
  .presence.dnd {
    color: light-dark(#d3293b, #ff8088);
  }
  .presence.busy {
    color: light-dark(#9a6200, #ffc554);
  }
  .presence.off {
    color: var(--_border);
  }
  .user {
    display: flex;
    gap: 4px;
    color: var(--_ink);
    font-weight: 600;
    line-height: 1.125rem;
  }
  .user .extension {
    color: var(--_muted);
    font-weight: 500;
  }
  .status {
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .profile {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 4px;
    white-space: nowrap;
  }
  .profile > span:not(.unseen)::after {
    content: ' ·';
  }
  .calls {
    display: flex;
    flex-direction: column;
    padding: 0 8px 8px;
  }
  .calls ml-call:not(:last-child)::part(stage) {
    border-end-start-radius: 0;
    border-end-end-radius: 0;
  }
  .calls ml-call + ml-call::part(stage) {
    border-start-start-radius: 0;
    border-start-end-radius: 0;
    margin-block-start: -1px;
    border-block-start: 1px solid light-dark(var(--_stage-hover), transparent);
  }
  .inset {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding: 4px 12px 12px;
  }
  .pair {
    display: flex;
    gap: 8px;
  }
  .pair .button {
    flex: 1 1 0;
    min-block-size: 44px;
    font-size: var(--_size-3);
  }
  .pair .button.call {
    flex-grow: 1.4;
    border-color: var(--_call);
    background: var(--_call);
    color: var(--_on-call);
    font-weight: 600;
  }
  .pair .button.call:hover {
    background: color-mix(in srgb, var(--_call) 90%, black);
  }
  .pair .button:disabled,
  .pair .button.call:disabled {
    border-color: var(--_line);
    background: var(--_sunken);
    color: var(--_muted);
  }
  .pair .icon-button {
    align-self: center;
  }
  ml-dialpad {
    margin-block-start: 4px;
  }
  /* In place of the phone, not boxes in it. */
  ml-presence,
  ml-tray,
  ml-settings {
    --ml-shadow-1: none;
    --ml-radius-panel: 0;
  }
  @media (forced-colors: active) {
    :is(ml-presence, ml-tray, ml-settings)::part(base) {
      border: 0;
    }
    .pair .button.call:not(:disabled) {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonText;
      color: ButtonFace;
    }
  }
`;
