import { css } from 'lit';

/** The stage, and what stands on it beside legs and buttons. */
export const callStyles = css`
  :host {
    container-type: inline-size;
  }
  .stage {
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
  .stage.ended {
    background: var(--_sunken);
    color: var(--_ink);
    box-shadow: none;
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
    overflow-wrap: anywhere;
  }
  button.tag {
    min-block-size: 24px;
  }
  button.tag:hover {
    background: var(--_stage-hover);
  }
  .recorded .glyph {
    color: var(--_stage-fail);
  }
  .advice {
    display: flex;
    gap: 6px;
    color: var(--_on-stage-muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .advice .icon {
    margin-block-start: 1px;
    color: var(--_stage-hold);
  }
  .stage:not(.ended) .notice {
    background: var(--_stage-control);
    color: var(--_stage-fail);
  }
  .stage:not(.ended) .notice.recalled {
    color: var(--_stage-hold);
  }

  .others {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .other {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .other > .leg {
    flex: 1;
  }
  .joint {
    display: grid;
    gap: 6px;
  }
  .side:empty {
    display: none;
  }
  .people {
    display: grid;
    gap: 8px;
    margin-block-start: -4px;
  }
  .people .plate {
    flex: none;
    padding-inline: 8px;
  }
  .limit {
    color: var(--_on-stage-muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }

  @container (max-inline-size: 287px) {
    .people .plate span {
      display: none;
    }
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
    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateY(-8px);
      }
    }
  }
  @media (forced-colors: active) {
    .stage,
    .tag {
      border: 1px solid ButtonBorder;
    }
  }
`;
