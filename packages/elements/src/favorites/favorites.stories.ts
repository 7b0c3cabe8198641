import type { Favorite } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { lucy } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import { favoritesOfADesk, longFavorites, manyFavorites, unknownFavorites } from '../testing/story-favorites.ts';
import './favorites.ts';

export default { title: 'Favorites', component: 'ml-favorites' };

const show = (favorites: readonly Favorite[] | null, more: Stillness = {}): TemplateResult =>
  html`<ml-favorites .workspace=${new StillWorkspace({ favorites, ...more })}></ml-favorites>`;

export const Some = { render: () => show(favoritesOfADesk) };
export const Empty = { render: () => show([]) };
export const AsManyAsThereMayBe = { render: () => show(manyFavorites) };
export const WithoutALimit = {
  render: () =>
    show(favoritesOfADesk, { policy: { lists: { all: 0, missed: 0, received: 0, dialed: 0, favorites: 0 } } }),
};
export const LongNames = { render: () => show(longFavorites) };
export const WithoutRecords = { render: () => show(unknownFavorites) };
export const Narrow = {
  render: () => show([...favoritesOfADesk, ...longFavorites]),
  play: ({ canvasElement }: { canvasElement: HTMLElement }): void => {
    canvasElement.style.inlineSize = '260px';
  },
};
export const RightToLeft = {
  render: () =>
    html`<div dir="rtl" lang="ar">
      ${show([...favoritesOfADesk, { number: '+14155550101', name: 'ليلى حداد', record: { ...lucy, name: 'ليلى حداد' } }])}
    </div>`,
};
export const Loading = { render: () => show(null) };
export const Unwired = { render: () => html`<ml-favorites></ml-favorites>` };
