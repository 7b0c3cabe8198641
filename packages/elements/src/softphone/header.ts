import type { User } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { avatar } from '../internal/avatar.ts';
import { inbox, settings } from '../styles/icons.ts';
import type { Standing } from './status.ts';

/** What may stand in the phone's place. */
export type Panel = 'tray' | 'settings';

export interface Header {
  readonly user: User;
  readonly standing: Standing;
  /** The status in a word. */
  readonly word: string;
  /** How many things need attention. */
  readonly count: number;
  readonly open: Panel | null;
  readonly labels: Readonly<Record<Panel, string>>;
  readonly toggle: (panel: Panel) => void;
}

/** Who sits here, how the phone stands, what needs attention, settings. */
export function header({ user, standing, word, count, open, labels, toggle }: Header): TemplateResult {
  const button = (panel: Panel, icon: TemplateResult): TemplateResult => {
    const onClick = (): void => toggle(panel);
    return html`<button
      class="icon-button"
      type="button"
      .part=${`${panel}-toggle`}
      .ariaLabel=${labels[panel]}
      .title=${labels[panel]}
      .ariaExpanded=${String(open === panel)}
      @click=${onClick}
    >
      ${icon}
    </button>`;
  };
  const badge = count ? html`<span class="badge" .ariaHidden=${'true'}>${count}</span>` : nothing;
  const extension = user.extension ? html`<bdi class="extension tabular">${user.extension}</bdi>` : nothing;
  return html`<header class="header" part="header">
    <span class="portrait"
      >${avatar(user.name, 'person', 'small')}<span .className=${`presence ${standing.tone}`}
        >${standing.glyph}</span
      ></span
    >
    <div class="grow">
      <div class="user cut" part="user"><bdi>${user.name}</bdi> ${extension}</div>
      <div class="status" part="status">${word}</div>
    </div>
    ${button('tray', html`${inbox}${badge}`)} ${button('settings', settings)}
  </header>`;
}
