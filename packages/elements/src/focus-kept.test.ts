import type { AudioDeviceList, AudioDevices, Failure, Voicemail } from '@multiline/core';
import { MultiLineError } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import { atom } from 'nanostores';
import './index.ts';
import { allDrawn, focused, pressKey, reach } from './testing/keys.ts';
import { stillCall } from './testing/still-calls.ts';
import { StillWorkspace } from './testing/still-workspace.ts';
import type { Stillness } from './testing/still-workspace.ts';
import { lucysCall } from './testing/story-calls.ts';
import { refused } from './testing/story-items.ts';
import { hasty, held, ringing } from './testing/story-stages.ts';

type Draw = (workspace: StillWorkspace) => TemplateResult;
const phone: Draw = (workspace) => html`<ml-softphone .workspace=${workspace}></ml-softphone>`;
const search: Draw = (workspace) => html`<ml-search .workspace=${workspace}></ml-search>`;
const call: Draw = (workspace) => html`<ml-call .workspace=${workspace}></ml-call>`;
const presence: Draw = (workspace) => html`<ml-presence .workspace=${workspace}></ml-presence>`;
const voicemail: Draw = (workspace) => html`<ml-voicemail .workspace=${workspace}></ml-voicemail>`;
const settings: Draw = (workspace) => html`<ml-settings .workspace=${workspace}></ml-settings>`;
const sound: Draw = (workspace) => html`<ml-audio-settings .workspace=${workspace}></ml-audio-settings>`;

const failure: Failure = { code: 'network', message: '', retryable: true };
const microphone: Failure = { code: 'mic-missing', message: '', retryable: true };
const lost: Stillness = { phone: { line: { state: 'reconnecting', failure }, here: true } };
const mailbox: Voicemail = { state: 'failed', fresh: 0, messages: [], failure };
const hidden: AudioDeviceList = {
  microphones: [{ id: '1', label: '' }],
  speakers: [],
  microphone: null,
  speaker: null,
  speakerChoice: false,
};
const devices = {
  $devices: atom(hidden),
  testMicrophone: () => Promise.resolve(() => undefined),
} as unknown as AudioDevices & { $devices: ReturnType<typeof atom<AudioDeviceList>> };
const broken = (): never => {
  throw new MultiLineError('network');
};
const { answeredAt: _, ...unanswered } = stillCall({ direction: 'outbound', phase: 'connecting' });

/** A control that goes when it is pressed, or by itself; what becomes of it; and what then has the focus. */
interface Loss {
  readonly what: string;
  readonly draw: Draw;
  readonly still: Stillness;
  readonly path: readonly (string | { readonly type: string })[];
  readonly after: (workspace: StillWorkspace) => void;
  readonly next: string;
}

const LOSSES: readonly Loss[] = [
  {
    what: 'Call, when the call stands there',
    draw: phone,
    still: { dialField: { text: '1002' } },
    path: ['button[part="call"]'],
    after: (workspace) => workspace.$calls.set([unanswered]),
    next: '#mute',
  },
  {
    what: 'Answer, when they have given up',
    draw: phone,
    still: { calls: [ringing] },
    path: ['#redirect', '[part="cancel"]'],
    after: (workspace) => workspace.change(ringing.id, { phase: 'ended', reason: 'missed', endedBy: 'them' }),
    next: 'input',
  },
  {
    what: 'a choice of the availability, when a call comes in: it stays',
    draw: phone,
    still: {},
    path: ['[part="presence-toggle"]', '.choice.dnd'],
    after: (workspace) => workspace.$calls.set([ringing]),
    next: '.choice.dnd',
  },
  {
    what: 'a choice of the availability, when our own call begins',
    draw: phone,
    still: {},
    path: ['[part="presence-toggle"]', '.choice.dnd'],
    after: (workspace) => workspace.$calls.set([unanswered]),
    next: '#mute',
  },
  {
    what: 'a note that is closed',
    draw: phone,
    still: { failure: microphone },
    path: ['.dismiss'],
    after: () => undefined,
    next: 'input',
  },
  {
    what: 'Try again, once the phone is connected',
    draw: phone,
    still: lost,
    path: ['.notice button'],
    after: (workspace) => workspace.$phone.set({ line: { state: 'registered' }, here: true }),
    next: 'input',
  },
  {
    what: 'the offer to notify',
    draw: phone,
    still: { recentCalls: { state: 'ready', calls: [lucysCall] } },
    path: ['.dismiss'],
    after: () => undefined,
    next: 'input',
  },
  {
    what: 'Wrap up',
    draw: phone,
    still: { calls: [stillCall({ phase: 'ended', reason: 'completed' })] },
    path: ['[part="wrap-up"]'],
    after: (workspace) => workspace.$calls.set([]),
    next: 'input',
  },
  {
    what: 'Try again of a search',
    draw: search,
    still: { search: broken },
    path: ['input', { type: 'Bob' }, '.notice button'],
    after: () => undefined,
    next: 'input',
  },
  {
    what: 'Try again of a search for a target',
    draw: call,
    still: { calls: [held], search: broken },
    path: ['#transfer', { type: 'Bob' }, '.notice button'],
    after: () => undefined,
    next: 'input',
  },
  {
    what: 'Forward calls, while the server is asked: it stays',
    draw: presence,
    still: { capabilities: { forwarding: true } },
    path: ['input', { type: '+14155550199' }, '[type="submit"]'],
    after: (workspace) => workspace.$availability.set({ ...workspace.$availability.get(), pending: true }),
    next: '[type="submit"]',
  },
  {
    what: 'Log out',
    draw: presence,
    still: { capabilities: { profile: 'agent' } },
    path: ['[part="login"] button'],
    after: (workspace) => workspace.$loggedIn.set(false),
    next: '[autocomplete="username"]',
  },
  {
    what: 'Try again of the mailbox',
    draw: voicemail,
    still: { voicemail: mailbox, capabilities: { voicemail: true } },
    path: ['.notice button'],
    after: (workspace) => workspace.$voicemail.set({ state: 'ready', fresh: 0, messages: [] }),
    next: 'h2',
  },
  {
    what: 'the permission to notify',
    draw: settings,
    still: {},
    path: ['.row .button'],
    after: (workspace) => {
      Object.assign(workspace, { notificationPermission: () => 'granted' });
      workspace.$settings.set({ ...workspace.$settings.get() });
    },
    next: 'h2',
  },
  {
    what: 'the permission to hear, which names the devices',
    draw: sound,
    still: { audio: devices },
    path: ['.notice .button'],
    after: () => devices.$devices.set({ ...hidden, microphones: [{ id: '1', label: 'Headset' }] }),
    next: 'select',
  },
];

describe('the focus, when what has it goes away', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  for (const { what, draw, still, path, after, next } of LOSSES) {
    it(`is not lost with ${what}`, async () => {
      const workspace = new StillWorkspace({ clock: hasty, ...still });
      const el = await fixture<HTMLElement>(draw(workspace));
      await allDrawn(el);
      for (const step of path) {
        if (typeof step === 'string') await reach(el, step);
        else await sendKeys(step);
        if (focused()?.matches('button')) await pressKey('Enter');
        await allDrawn(el);
      }
      after(workspace);
      await allDrawn(el);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      expect(focused()?.matches(next), focused()?.outerHTML.slice(0, 120) ?? 'it is lost').to.equal(true);
    });
  }
});

describe('Escape in what stands in the phone’s place', () => {
  const tray = { items: [refused], waiting: 0 };
  for (const [panel, inside] of [
    ['presence', '.choice'],
    ['tray', '.actions button'],
    ['settings', 'select'],
  ] as const) {
    it(`closes it and goes back to its button: ${panel}`, async () => {
      const el = await fixture<HTMLElement>(phone(new StillWorkspace({ tray })));
      await allDrawn(el);
      await reach(el, `[part="${panel}-toggle"]`);
      await pressKey('Enter');
      await allDrawn(el);
      await reach(el, inside);
      await pressKey('Escape');
      await allDrawn(el);
      expect(focused()?.part.contains(`${panel}-toggle`)).to.equal(true);
      expect(focused()?.ariaExpanded).to.equal('false');
    });
  }
});
