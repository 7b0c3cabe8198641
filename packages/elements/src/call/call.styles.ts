import { css } from 'lit';

export const callStyles = css`
  :host {
    container-type: inline-size;
  }
  .stage {
    --_state: var(--_stage-live);
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 12px;
    border-radius: var(--ml-stage-radius, var(--_radius-3));
    background: var(--_stage);
    color: var(--_on-stage);
    box-shadow: inset 0 0 0 1px var(--_stage-edge);
  }
  .stage:not(.ended) {
    --_focus: var(--_on-stage);
    --_focus-gap: var(--_stage);
    --_muted: var(--_on-stage-muted);
    --_avatar: var(--_stage-hover);
    --_on-avatar: var(--_on-stage);
    --_danger-text: var(--_stage-fail);
  }
  .stage.connecting,
  .stage.ringing {
    --_state: var(--_stage-ring);
  }
  .stage.ended {
    --_state: var(--_muted);
    background: var(--_sunken);
    color: var(--_ink);
    box-shadow: none;
  }

  /* Our mark: one call, one line; its shape says the state. */
  .leg {
    display: flex;
    align-items: center;
    gap: 12px;
    min-inline-size: 0;
  }
  .line {
    position: relative;
    align-self: stretch;
    flex: none;
    inline-size: 4px;
    margin-block: 2px;
    border-radius: 2px;
    background: var(--_state);
    overflow: clip;
  }
  .ended .line {
    background: var(--_border);
  }
  .connecting .line,
  .ringing .line {
    background: none;
  }
  .connecting .line::before,
  .ringing .line::before {
    content: '';
    position: absolute;
    inset: -10px 0 0;
    background: repeating-linear-gradient(to bottom, var(--_state) 0 6px, transparent 6px 10px);
  }

  .avatar {
    margin-inline-start: -2px;
  }
  .halo {
    position: relative;
    margin: 6px 8px 6px 6px;
  }
  .halo .avatar {
    margin: 0;
  }
  .halo::before,
  .halo::after {
    content: '';
    position: absolute;
    inset: -5px;
    border: 2px solid var(--_stage-ring);
    border-radius: 50%;
    opacity: 0.55;
  }
  .halo::after {
    inset: -10px;
    opacity: 0.22;
  }
  .halo.lead::before {
    border-radius: 14px;
  }
  .halo.lead::after {
    border-radius: 18px;
  }
  .halo:is(.account, .case, .other)::before {
    border-radius: 8px;
  }
  .halo:is(.account, .case, .other)::after {
    border-radius: 12px;
  }

  .top {
    display: flex;
    align-items: baseline;
    gap: 8px;
    min-inline-size: 0;
  }
  .name {
    color: inherit;
    font-size: var(--_size-5);
    font-weight: 600;
    line-height: 1.5rem;
    letter-spacing: -0.015em;
  }
  .name bdi.number {
    white-space: nowrap;
  }
  .timer {
    font-size: var(--_size-5);
    font-weight: 500;
    line-height: 1.5rem;
    letter-spacing: -0.01em;
  }
  .second {
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .phase {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    color: var(--_state);
    font-size: var(--_size-1);
    font-weight: 600;
    line-height: 1rem;
  }
  .incoming + span {
    color: var(--_muted);
    font-weight: 500;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .tag {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 20px;
    padding-inline: 6px;
    border-radius: var(--_radius-1);
    background: var(--_stage-control);
    color: var(--_on-stage);
    font-weight: 500;
    white-space: nowrap;
  }
  .stage:not(.ended) .notice {
    background: var(--_stage-control);
    color: var(--_stage-fail);
  }

  .compact .name {
    font-size: var(--_size-3);
    line-height: 1.25rem;
    letter-spacing: 0;
  }
  .compact .icon {
    inline-size: 16px;
    block-size: 16px;
    stroke-width: 2;
  }

  @media (prefers-reduced-motion: no-preference) {
    .stage {
      transition:
        background-color var(--_move),
        color var(--_move);
    }
    .stage:not(.ended) {
      animation: arrive var(--_move) var(--_ease);
    }
    .connecting .line::before,
    .ringing .line::before {
      animation: run 600ms linear infinite;
    }
    .halo::before,
    .halo::after {
      animation: ring 1.6s ease-out infinite;
    }
    .halo::after {
      animation-delay: 200ms;
    }
    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateY(-8px);
      }
    }
    @keyframes run {
      to {
        transform: translateY(10px);
      }
    }
    @keyframes ring {
      from {
        opacity: 0.55;
        transform: scale(1);
      }
      to {
        opacity: 0;
        transform: scale(1.12);
      }
    }
  }
  @media (forced-colors: active) {
    .stage,
    .tag {
      border: 1px solid ButtonBorder;
    }
    .line {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .ended .line {
      background: GrayText;
    }
    .connecting .line,
    .ringing .line {
      background: none;
    }
    .connecting .line::before,
    .ringing .line::before {
      background: repeating-linear-gradient(to bottom, CanvasText 0 6px, transparent 6px 10px);
    }
  }
`;
