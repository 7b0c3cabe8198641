// Written by scripts/icons.mjs from Lucide (ISC licence); change the list there.
import { html } from 'lit';

export const arrowDownLeft = html`<svg class="icon mirrored" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M17 7 7 17" />
  <path d="M17 17H7V7" />
</svg>`;
export const arrowUpRight = html`<svg class="icon mirrored" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M7 7h10v10" />
  <path d="M7 17 17 7" />
</svg>`;
export const briefcase = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M16 20V4a2 2 0 0 0-2-2h-4a2 2 0 0 0-2 2v16" />
  <rect width="20" height="14" x="2" y="6" rx="2" />
</svg>`;
export const building = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M10 12h4" />
  <path d="M10 8h4" />
  <path d="M14 21v-3a2 2 0 0 0-4 0v3" />
  <path d="M6 10H4a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V9a2 2 0 0 0-2-2h-2" />
  <path d="M6 21V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v16" />
</svg>`;
export const check = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 6 9 17l-5-5" /></svg>`;
export const chevronDown = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="m6 9 6 6 6-6" />
</svg>`;
export const chevronLeft = html`<svg class="icon mirrored" viewBox="0 0 24 24" aria-hidden="true">
  <path d="m15 18-6-6 6-6" />
</svg>`;
export const chevronRight = html`<svg class="icon mirrored" viewBox="0 0 24 24" aria-hidden="true">
  <path d="m9 18 6-6-6-6" />
</svg>`;
export const circleAlert = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="10" />
  <line x1="12" x2="12" y1="8" y2="12" />
  <line x1="12" x2="12.01" y1="16" y2="16" />
</svg>`;
export const circleDot = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="1" />
  <circle cx="12" cy="12" r="10" />
</svg>`;
export const clock = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="10" />
  <path d="M12 6v6l4 2" />
</svg>`;
export const cloudOff = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M10.94 5.274A7 7 0 0 1 15.71 10h1.79a4.5 4.5 0 0 1 4.222 6.057" />
  <path d="M18.796 18.81A4.5 4.5 0 0 1 17.5 19H9A7 7 0 0 1 5.79 5.78" />
  <path d="m2 2 20 20" />
</svg>`;
export const grip = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="5" r="1" />
  <circle cx="19" cy="5" r="1" />
  <circle cx="5" cy="5" r="1" />
  <circle cx="12" cy="12" r="1" />
  <circle cx="19" cy="12" r="1" />
  <circle cx="5" cy="12" r="1" />
  <circle cx="12" cy="19" r="1" />
  <circle cx="19" cy="19" r="1" />
  <circle cx="5" cy="19" r="1" />
</svg>`;
export const headphones = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M3 14h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a9 9 0 0 1 18 0v7a2 2 0 0 1-2 2h-1a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2h3"
  />
</svg>`;
export const inbox = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <polyline points="22 12 16 12 14 15 10 15 8 12 2 12" />
  <path
    d="M5.45 5.11 2 12v6a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-6l-3.45-6.89A2 2 0 0 0 16.76 4H7.24a2 2 0 0 0-1.79 1.11z"
  />
</svg>`;
export const listPlus = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M16 5H3" />
  <path d="M11 12H3" />
  <path d="M16 19H3" />
  <path d="M18 9v6" />
  <path d="M21 12h-6" />
</svg>`;
export const merge = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="m8 6 4-4 4 4" />
  <path d="M12 2v10.3a4 4 0 0 1-1.172 2.872L4 22" />
  <path d="m20 22-5-5" />
</svg>`;
export const message = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z"
  />
</svg>`;
export const mic = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M12 19v3" />
  <path d="M19 10v2a7 7 0 0 1-14 0v-2" />
  <rect x="9" y="2" width="6" height="13" rx="3" />
</svg>`;
export const micOff = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M12 19v3" />
  <path d="M15 9.34V5a3 3 0 0 0-5.68-1.33" />
  <path d="M16.95 16.95A7 7 0 0 1 5 12v-2" />
  <path d="M18.89 13.23A7 7 0 0 0 19 12v-2" />
  <path d="m2 2 20 20" />
  <path d="M9 9v3a3 3 0 0 0 5.12 2.12" />
</svg>`;
export const pause = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <rect x="14" y="3" width="5" height="18" rx="1" />
  <rect x="5" y="3" width="5" height="18" rx="1" />
</svg>`;
export const play = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z" />
</svg>`;
export const voicemail = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="6" cy="12" r="4" />
  <circle cx="18" cy="12" r="4" />
  <line x1="6" x2="18" y1="16" y2="16" />
</svg>`;
export const pencil = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z"
  />
  <path d="m15 5 4 4" />
</svg>`;
export const phone = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384"
  />
</svg>`;
export const phoneForwarded = html`<svg class="icon mirrored" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M14 6h8" />
  <path d="m18 2 4 4-4 4" />
  <path
    d="M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384"
  />
</svg>`;
export const search = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="m21 21-4.34-4.34" />
  <circle cx="11" cy="11" r="8" />
</svg>`;
export const settings = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M9.671 4.136a2.34 2.34 0 0 1 4.659 0 2.34 2.34 0 0 0 3.319 1.915 2.34 2.34 0 0 1 2.33 4.033 2.34 2.34 0 0 0 0 3.831 2.34 2.34 0 0 1-2.33 4.033 2.34 2.34 0 0 0-3.319 1.915 2.34 2.34 0 0 1-4.659 0 2.34 2.34 0 0 0-3.32-1.915 2.34 2.34 0 0 1-2.33-4.033 2.34 2.34 0 0 0 0-3.831A2.34 2.34 0 0 1 6.35 6.051a2.34 2.34 0 0 0 3.319-1.915"
  />
  <circle cx="12" cy="12" r="3" />
</svg>`;
export const star = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M11.525 2.295a.53.53 0 0 1 .95 0l2.31 4.679a2.123 2.123 0 0 0 1.595 1.16l5.166.756a.53.53 0 0 1 .294.904l-3.736 3.638a2.123 2.123 0 0 0-.611 1.878l.882 5.14a.53.53 0 0 1-.771.56l-4.618-2.428a2.122 2.122 0 0 0-1.973 0L6.396 21.01a.53.53 0 0 1-.77-.56l.881-5.139a2.122 2.122 0 0 0-.611-1.879L2.16 9.795a.53.53 0 0 1 .294-.906l5.165-.755a2.122 2.122 0 0 0 1.597-1.16z"
  />
</svg>`;
export const stickyNote = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M21 9a2.4 2.4 0 0 0-.706-1.706l-3.588-3.588A2.4 2.4 0 0 0 15 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2z"
  />
  <path d="M15 3v5a1 1 0 0 0 1 1h5" />
</svg>`;
export const swap = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M8 3 4 7l4 4" />
  <path d="M4 7h16" />
  <path d="m16 21 4-4-4-4" />
  <path d="M20 17H4" />
</svg>`;
export const target = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="10" />
  <circle cx="12" cy="12" r="6" />
  <circle cx="12" cy="12" r="2" />
</svg>`;
export const triangleAlert = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3" />
  <path d="M12 9v4" />
  <path d="M12 17h.01" />
</svg>`;
export const unplug = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="m19 5 3-3" />
  <path d="m2 22 3-3" />
  <path d="M6.3 20.3a2.4 2.4 0 0 0 3.4 0L12 18l-6-6-2.3 2.3a2.4 2.4 0 0 0 0 3.4Z" />
  <path d="M7.5 13.5 10 11" />
  <path d="M10.5 16.5 13 14" />
  <path d="m12 6 6 6 2.3-2.3a2.4 2.4 0 0 0 0-3.4l-2.6-2.6a2.4 2.4 0 0 0-3.4 0Z" />
</svg>`;
export const userMinus = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2" />
  <circle cx="9" cy="7" r="4" />
  <line x1="22" x2="16" y1="11" y2="11" />
</svg>`;
export const userPlus = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2" />
  <circle cx="9" cy="7" r="4" />
  <line x1="19" x2="19" y1="8" y2="14" />
  <line x1="22" x2="16" y1="11" y2="11" />
</svg>`;
export const userRound = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="8" r="5" />
  <path d="M20 21a8 8 0 0 0-16 0" />
</svg>`;
export const userRoundX = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="m16.5 16.5 5 5" />
  <path d="M2 21a8 8 0 0 1 11.531-7.18" />
  <path d="m21.5 16.5-5 5" />
  <circle cx="10" cy="8" r="5" />
</svg>`;
export const usersRound = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M18 21a8 8 0 0 0-16 0" />
  <circle cx="10" cy="8" r="5" />
  <path d="M22 20c0-3.37-2-6.5-4-8a5 5 0 0 0-.45-8.3" />
</svg>`;
export const wifiOff = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M12 20h.01" />
  <path d="M8.5 16.429a5 5 0 0 1 7 0" />
  <path d="M5 12.859a10 10 0 0 1 5.17-2.69" />
  <path d="M19 12.859a10 10 0 0 0-2.007-1.523" />
  <path d="M2 8.82a15 15 0 0 1 4.177-2.643" />
  <path d="M22 8.82a15 15 0 0 0-11.288-3.764" />
  <path d="m2 2 20 20" />
</svg>`;
export const x = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M18 6 6 18" />
  <path d="m6 6 12 12" />
</svg>`;
