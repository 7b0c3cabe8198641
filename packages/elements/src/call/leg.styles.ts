import { css } from 'lit';

/** One call, one line, our mark: its shape says the state. Beside it avatar, name, time, phase. */
export const legStyles = css`
  .leg {
    --_state: var(--_stage-live);
    display: flex;
    align-items: center;
    gap: 12px;
    min-inline-size: 0;
  }
  .leg.connecting,
  .leg.ringing {
    --_state: var(--_stage-ring);
  }
  .leg.held,
  .leg.lost {
    --_state: var(--_stage-hold);
  }
  .leg.ended {
    --_state: var(--_muted);
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
  .ended > .line {
    background: var(--_border);
  }
  .held > .line {
    inline-size: 5px;
    border-inline: 1.5px solid var(--_state);
    border-radius: 0;
    background: none;
  }
  .leg:is(.connecting, .ringing, .lost) > .line {
    background: none;
  }
  .leg:is(.connecting, .ringing, .lost) > .line::before {
    content: '';
    position: absolute;
    inset: -10px 0 0;
    background: repeating-linear-gradient(to bottom, var(--_state) 0 6px, transparent 6px 10px);
  }

  .avatar {
    margin-inline-start: -2px;
  }
  .people .leg {
    gap: 8px;
    min-block-size: 40px;
  }
  .people .avatar {
    margin-inline-start: 2px;
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
  .whole .name,
  .ringing .name {
    /* A target of 24 px where it is a link. */
    display: block;
    min-block-size: 24px;
    overflow: hidden;
    text-overflow: ellipsis;
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
  .brief .name,
  .other .name,
  .other .timer {
    font-size: var(--_size-3);
    line-height: 1.25rem;
    letter-spacing: 0;
  }
  .people .name {
    font-size: var(--_size-2);
    line-height: 1.25rem;
    letter-spacing: 0;
  }
  /* The company gives way first, then the kind goes to a line of its own. */
  .second {
    display: flex;
    flex-wrap: wrap;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .second > span {
    white-space: pre;
  }
  .second > .what {
    display: flex;
    flex: 1 0 auto;
    max-inline-size: 100%;
  }
  .what > .cut {
    flex: 1;
    inline-size: 3em;
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
  .people .phase {
    flex-wrap: nowrap;
  }
  .first + span {
    color: var(--_muted);
    font-weight: 500;
  }

  /* Seen only with sound; --_level is 0 to 1. */
  .levels {
    display: none;
    align-items: center;
    gap: 2px;
    block-size: 12px;
    opacity: clamp(0, var(--_level, 0) * 50, 1);
  }
  .levels i {
    --_most: 4;
    inline-size: 2px;
    block-size: 1px;
    border-radius: 1px;
    background: var(--_state);
    transform: scaleY(calc(2 + var(--_level, 0) * var(--_most)));
  }
  .levels i:nth-child(2) {
    --_most: 9;
  }
  .levels i:nth-child(3) {
    --_most: 6;
  }
  .levels i:nth-child(4) {
    --_most: 10;
  }

  @media (prefers-reduced-motion: no-preference) {
    .levels {
      display: inline-flex;
    }
    .levels i {
      transition: transform 100ms linear;
    }
    .leg:is(.connecting, .ringing, .lost) > .line::before {
      animation: run 600ms linear infinite;
    }
    .halo::before,
    .halo::after {
      animation: ring 1.6s ease-out infinite;
    }
    .halo::after {
      animation-delay: 200ms;
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
    .leg:is(.connecting, .ringing, .live, .held, .lost) {
      --_state: CanvasText;
    }
    .line,
    .line::before,
    .levels i {
      forced-color-adjust: none;
    }
    .ended > .line {
      background: GrayText;
    }
  }
`;
