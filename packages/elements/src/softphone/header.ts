import type { Capabilities, User, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { avatar } from '../internal/avatar.ts';
import type { Text } from '../strings/localize.ts';
import { chevronDown, headphones, inbox, settings, userRound } from '../styles/icons.ts';
import type { Standing } from './status.ts';

/** What may stand in the phone's place. */
export type Panel = 'presence' | 'tray' | 'settings';

/** The one that stands there, while somebody is at work in it. */
export const BUSY_PANEL = ':is(ml-presence, ml-tray, ml-settings):focus-within';

export interface Header {
  readonly user: User;
  readonly standing: Standing;
  /** The status in words. */
  readonly word: string;
  readonly profile: Capabilities['profile'];
  /** How many things need attention. */
  readonly count: number;
  readonly open: Panel | null;
  readonly text: Text;
  readonly toggle: (panel: Panel) => void;
}

/** Who sits here and as what, how the phone stands and the way to change that, what needs attention, settings. */
export function header({ user, standing, word, profile, count, open, text, toggle }: Header): TemplateResult {
  const labels = {
    tray: count ? text('phone.tray', { count }) : text('phone.tray-empty'),
    settings: text('phone.settings'),
    profile: text(`phone.profile.${profile}`),
  };
  const button = (panel: 'tray' | 'settings', icon: TemplateResult): TemplateResult => {
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
  const regular = profile === 'regular';
  return html`<header class="header" part="header">
    <button
      class="self grow"
      part="presence-toggle"
      type="button"
      .ariaExpanded=${String(open === 'presence')}
      @click=${() => toggle('presence')}
    >
      <span class="portrait"
        >${avatar(user.name, 'person', 'small')}<span .className=${`presence ${standing.tone}`}
          >${standing.glyph}</span
        ></span
      >
      <span class="grow">
        <span class="user" part="user" .title=${user.name}><bdi class="cut">${user.name}</bdi> ${extension}</span>
        <span class="status tiny-icon"
          ><span class="profile" part="profile" .title=${labels.profile}
            >${profile === 'agent' ? headphones : userRound}<span .className=${regular ? 'unseen' : ''}
              >${labels.profile}</span
            ></span
          ><span class="cut" part="status" .title=${word}>${word}</span>${chevronDown}</span
        >
      </span>
    </button>
    ${button('tray', html`${inbox}${badge}`)} ${button('settings', settings)}
  </header>`;
}

/** What stands in the phone's place. */
export function panel(workspace: Workspace, open: Panel): TemplateResult {
  switch (open) {
    case 'presence':
      return html`<ml-presence .workspace=${workspace}></ml-presence>`;
    case 'tray':
      return html`<ml-tray .workspace=${workspace}></ml-tray>`;
    case 'settings':
      return html`<ml-settings .workspace=${workspace}></ml-settings>`;
  }
}
