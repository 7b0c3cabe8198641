import { css } from 'lit';

export const callNotesStyles = css`
  .head {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-block-size: 24px;
    margin-block-end: 4px;
  }
  label {
    font-size: var(--_size-1);
    font-weight: 500;
    line-height: 1rem;
  }
  .quick {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 24px;
    padding-inline: 4px;
    border-radius: var(--_radius-1);
    color: var(--_accent-text);
    font-weight: 500;
  }
  .quick:hover {
    text-decoration: underline;
  }
  .menu {
    position: absolute;
    inset-block-start: 100%;
    inset-inline-end: 0;
    z-index: 1;
    max-block-size: 200px;
    min-inline-size: 60%;
    max-inline-size: 100%;
    padding: 4px;
    overflow: auto;
    border-radius: var(--_radius-3);
    background: var(--_surface);
    box-shadow: var(
      --ml-shadow-3,
      0 0 0 1px light-dark(#0f1a3314, #ffffff1a),
      0 12px 32px light-dark(#0f1a3338, #000000a6)
    );
  }
  .menu button {
    display: block;
    inline-size: 100%;
    min-block-size: 32px;
    padding: 6px 10px;
    border-radius: var(--_radius-2);
  }
  .menu button:hover,
  .menu button:focus-visible {
    background: var(--_accent-soft);
    color: var(--_ink);
  }
  textarea {
    display: block;
    inline-size: 100%;
    min-block-size: 64px;
    max-block-size: 160px;
    margin: 0;
    padding: 8px 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-2);
    background: var(--_surface);
    color: var(--_ink);
    field-sizing: content;
    resize: none;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  textarea:focus-visible {
    outline: 0;
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 32px;
    margin-block-start: 8px;
  }
  .saved {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
    font-size: var(--_size-1);
    line-height: 1rem;
  }
  .button {
    margin-inline-start: auto;
  }
  .notice {
    margin-block-start: 8px;
  }
  @media (prefers-reduced-motion: no-preference) {
    .menu {
      animation: open 120ms var(--_ease);
    }
    @keyframes open {
      from {
        opacity: 0;
        transform: translateY(-4px);
      }
    }
  }
  @media (forced-colors: active) {
    textarea:focus-visible {
      outline: 2px solid Highlight;
    }
    .menu {
      border: 1px solid CanvasText;
    }
  }
`;
