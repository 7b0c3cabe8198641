import { css } from 'lit';

/** The kind's glyph as what opens the record: its target is larger than what is seen. */
export const recordGlyphs = css`
  .kind-icon {
    display: grid;
    flex: none;
    color: inherit;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    margin-block: -4px;
    margin-inline: -4px -2px;
    border-radius: var(--_radius-1);
  }
  .kind-icon:hover {
    background: var(--_hover);
    color: var(--_ink);
  }
`;
