import { html } from 'lit';

/** Our own drawings, where Lucide has none. State and presence are told by shape, then by word, then by colour. */

/** A handset laid down. */
export const hangUp = html`<svg class="icon hang-up" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384"
  />
</svg>`;

/** A call that came in and bounced off. */
export const missedArrow = html`<svg class="icon mirrored" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M20 7l-8 8-8-8" />
  <path d="M4 13V7h6" />
</svg>`;

/** Three dots: on the way. */
export const connecting = html`<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
  <circle cx="2" cy="6" r="1.6" />
  <circle cx="6" cy="6" r="1.6" />
  <circle cx="10" cy="6" r="1.6" />
</svg>`;

/** A broken ring: it rings. */
export const ringing = html`<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
  <circle cx="6" cy="6" r="2.2" />
  <path d="M6 0a6 6 0 0 0-6 6h1.7A4.3 4.3 0 0 1 6 1.7zM6 12a6 6 0 0 0 6-6h-1.7A4.3 4.3 0 0 1 6 10.3z" />
</svg>`;

/** A disc: live. */
export const live = html`<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
  <circle cx="6" cy="6" r="5" />
</svg>`;

/** An open square: over. */
export const ended = html`<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
  <path d="M1 1h10v10H1zM3 3v6h6V3z" fill-rule="evenodd" />
</svg>`;

/** A triangle: failed. */
export const failed = html`<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
  <path d="M6 .8 11.8 11H.2zM5.3 4.4v3.2h1.4V4.4zm0 4.1v1.4h1.4V8.5z" fill-rule="evenodd" />
</svg>`;

/** A disc with a check: reachable. */
export const available = html`<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
  <path d="M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zM9.3 4.4 8.2 3.4 5.2 6.8 3.9 5.6 2.8 6.7l2.5 2.4z" fill-rule="evenodd" />
</svg>`;

/** A clock ring: busy with a call. */
export const occupied = html`<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
  <path
    d="M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zm0 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM5.3 3.4h1.4v2.4l1.4.9-.7 1.2-2.1-1.3z"
    fill-rule="evenodd"
  />
</svg>`;

/** A crossed ring: not reachable. */
export const unreachable = html`<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
  <path
    d="M6 .3a5.7 5.7 0 1 1 0 11.4A5.7 5.7 0 0 1 6 .3zM6 2.1a3.9 3.9 0 1 0 0 7.8 3.9 3.9 0 0 0 0-7.8zM2.6 8.3l5.7-5.7 1.1 1.1-5.7 5.7z"
    fill-rule="evenodd"
  />
</svg>`;

/** A disc with a bar: Do Not Disturb. */
export const undisturbed = html`<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
  <path d="M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zM2.7 5.1v1.8h6.6V5.1z" fill-rule="evenodd" />
</svg>`;

/** Two bars: it waits. */
export const held = html`<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
  <path d="M2 1h3v10H2zM7 1h3v10H7z" />
</svg>`;
