import { css } from 'lit';

/** The panel an element stands in, its empty shape and the grey bars of loading. */
export const panels = css`
  .panel {
    display: flex;
    flex-direction: column;
    overflow: clip;
    border-radius: var(--_radius-panel);
    background: var(--_surface);
    box-shadow: var(--_shadow-1);
  }
  .hint {
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 4px;
    padding: 28px 28px 32px;
    color: var(--_muted);
    text-align: center;
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .empty .disc {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    margin-block-end: 8px;
    border-radius: 50%;
    background: var(--_sunken);
  }
  .empty .disc .icon {
    inline-size: 24px;
    block-size: 24px;
  }
  .empty b {
    font-size: var(--_size-2);
    font-weight: 600;
    line-height: 1.25rem;
    color: var(--_ink);
  }
  .bones {
    display: grid;
    gap: 12px;
    padding: 12px;
  }
  .bones > * {
    block-size: 10px;
    border-radius: var(--_radius-1);
    background: var(--_hover);
  }
  .bones > .tall {
    block-size: 40px;
    border-radius: var(--_radius-2);
  }
  .bones > .short {
    inline-size: 55%;
  }
  /* Nothing for 200 ms: what comes quickly does not flicker. */
  @media (prefers-reduced-motion: no-preference) {
    .bones {
      animation: appear 1ms 200ms both;
    }
    .bones > * {
      animation: breathe 1.6s ease-in-out infinite alternate;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
    @keyframes breathe {
      to {
        opacity: 0.6;
      }
    }
  }
  @media (forced-colors: active) {
    .panel,
    .bones > * {
      border: 1px solid CanvasText;
    }
  }
`;
