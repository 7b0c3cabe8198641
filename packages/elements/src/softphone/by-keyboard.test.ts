import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { allDrawn, focused, pressKey, reach } from '../testing/keys.ts';
import { show } from '../testing/shown-softphone.ts';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import {
  asked,
  asking,
  bobTogether,
  carolInvited,
  hasty,
  held,
  lucyTogether,
  ringing,
} from '../testing/story-stages.ts';

/** Enter on a control, a key where the focus is, a text typed there, or a text pasted there. */
type Step =
  string | { readonly key: string; readonly down?: string } | { readonly type: string } | { readonly paste: string };
type Command = readonly [verb: string, ...args: unknown[]];

const live = { calls: [stillCall()] };
const recording = (state: 'on' | 'paused') => ({ calls: [stillCall({ recording: { state } })] });
const over = stillCall({ phase: 'ended', reason: 'completed', endedAt: stillCall().startedAt + 60_000 });
const reasons = [
  { code: '1', label: 'Lunch' },
  { code: '2', label: 'Team meeting' },
];
const together = { calls: [lucyTogether, bobTogether] };
const open = '[part="presence-toggle"]';
const [first, second] = ['+14155550001', '+14155550002'] as const;

/** Every control of the phone, from the key to what is asked of the workspace. */
const CONTROLS: readonly (readonly [what: string, still: Stillness, steps: readonly Step[], asked: Command])[] = [
  ['dials a number', {}, ['input', { type: '1002' }, { key: 'Enter' }], ['dial', '1002', {}]],
  ['dials by Call', { dialField: { text: '1002' } }, ['button[part="call"]'], ['dial', '1002', {}]],
  [
    'chooses the number a call goes out with',
    { capabilities: { callerIds: [first, second] }, dialField: { text: '1002' } },
    ['select[part="caller-id"]', { key: 'End' }, 'button[part="call"]'],
    ['dial', '1002', { callerId: second }],
  ],
  ['answers', { calls: [ringing] }, ['#answer'], ['answer', ringing.id]],
  ['declines', { calls: [ringing] }, ['#decline'], ['decline', ringing.id]],
  ['replies with text', { calls: [ringing] }, ['#reply'], ['replyWithText', ringing.id]],
  [
    'sends to voicemail',
    { calls: [ringing], capabilities: { voicemail: true } },
    ['#voicemail'],
    ['sendToVoicemail', ringing.id],
  ],
  [
    'redirects',
    { calls: [ringing] },
    ['#redirect', { type: '1002' }, { key: 'Enter' }],
    ['redirect', ringing.id, '1002'],
  ],
  ['hangs up', live, ['#hang-up'], ['hangUp', 'call-1']],
  ['mutes', live, ['#mute'], ['mute', 'call-1']],
  ['is heard again', { calls: [stillCall({ muted: true })] }, ['#mute'], ['unmute', 'call-1']],
  ['holds', live, ['#hold'], ['hold', 'call-1']],
  ['resumes', { calls: [held] }, ['#hold'], ['resume', 'call-1']],
  ['presses a key of the pad', live, ['#keypad', '[value="5"]'], ['sendDigits', 'call-1', '5']],
  ['types tones', live, ['#keypad', '[value="1"]', { key: '#' }], ['sendDigits', 'call-1', '#']],
  ['pastes tones', live, ['#keypad', '[value="1"]', { paste: '12 34-5' }], ['sendDigits', 'call-1', '12345']],
  ['records', live, ['#record'], ['record', 'call-1', 'start']],
  ['lets the recorder rest', recording('on'), ['[part="recording-pause"]'], ['record', 'call-1', 'pause']],
  ['lets it go on', recording('paused'), ['[part="recording-pause"]'], ['record', 'call-1', 'start']],
  ['stops it', recording('on'), ['#record'], ['record', 'call-1', 'stop']],
  ['transfers at once', live, ['#transfer', { type: '1002' }, '[part="now"]'], ['transfer', 'call-1', '1002']],
  [
    'asks first',
    live,
    ['#transfer', { type: '1002' }, { key: 'ArrowDown' }, { key: 'Enter' }],
    ['consult', 'call-1', '1002', 'transfer'],
  ],
  ['completes a transfer', { calls: [asked, held] }, ['[part="complete-transfer"]'], ['completeTransfer', asked.id]],
  ['gives up asking', { calls: [asking, held] }, ['[part="back"]'], ['cancelConsult', asking.id]],
  ['gives up a transfer', live, ['#transfer', '[part="cancel"]'], ['cancelTarget']],
  ['swaps', { calls: [asked, held] }, ['[part="swap"]'], ['swap', held.id]],
  ['merges', { calls: [asked, held] }, ['[part="merge"]'], ['merge', asked.id]],
  ['adds somebody', live, ['#add', { type: '1003' }, { key: 'Enter' }], ['consult', 'call-1', '1003', 'conference']],
  ['takes somebody out', together, ['[part="remove"]'], ['removeParticipant', lucyTogether.id]],
  ['mutes somebody', together, ['[part="silence"]'], ['silence', lucyTogether.id, true]],
  [
    'takes an invitation back',
    { calls: [lucyTogether, bobTogether, carolInvited] },
    ['[part="cancel"]'],
    ['cancelConsult', carolInvited.id],
  ],
  ['connects the two others', together, ['#transfer'], ['completeTransfer', lucyTogether.id]],
  [
    'takes notes',
    live,
    ['textarea', { type: 'Yes.' }, { key: 'Enter', down: 'Control' }],
    ['saveNotes', 'call-1', 'Yes.'],
  ],
  [
    'takes a quick note',
    { ...live, policy: { notes: { autoSave: true, quick: ['No.', 'Later.'] } } },
    ['[part="quick-notes"]', { key: 'ArrowDown' }, { key: 'Enter' }, '[part="save"]'],
    ['saveNotes', 'call-1', 'Later.'],
  ],
  ['wraps up', { calls: [over] }, ['[part="wrap-up"]'], ['wrapUp', 'call-1']],
  ['logs later', { calls: [over] }, ['[part="log-later"]'], ['wrapUp', 'call-1']],
  ['is not to be disturbed', {}, [open, '.choice.dnd'], ['setAvailability', { dnd: true }]],
  [
    'makes busy for a reason',
    { capabilities: { reasons } },
    [open, '.choice.busy ~ .choice.busy'],
    ['setAvailability', { busyReason: '2' }],
  ],
  [
    'is available',
    { availability: { state: 'dnd', dnd: true } },
    [open, '.choice.on'],
    ['setAvailability', 'available'],
  ],
  [
    'forwards',
    { capabilities: { forwarding: true } },
    [open, 'input[type="tel"]', { type: '+14155550199' }, { key: 'Enter' }],
    ['setForwarding', '+14155550199'],
  ],
  [
    'stops forwarding',
    { capabilities: { forwarding: true }, availability: { forwardTo: '+14155550199' } },
    [open, '[part="forwarding"] button'],
    ['setForwarding', null],
  ],
  [
    'logs in',
    { capabilities: { profile: 'hot-desk' }, loggedIn: false },
    [open, '[autocomplete="username"]', { type: 'ann' }, { key: 'Tab' }, { type: 'secret' }, { key: 'Enter' }],
    ['logIn', { username: 'ann', password: 'secret' }],
  ],
  ['logs out', { capabilities: { profile: 'agent' } }, [open, '[part="login"] button'], ['logOut']],
];

/** A control gets Enter; a field or list only the focus. */
async function take(root: Element, step: Step): Promise<void> {
  if (typeof step === 'string') {
    await reach(root, step);
    if (focused()?.matches('button')) await pressKey('Enter');
  } else if ('key' in step) {
    if (step.down) await sendKeys({ down: step.down });
    await pressKey(step.key);
    if (step.down) await sendKeys({ up: step.down });
  } else if ('type' in step) await sendKeys({ type: step.type });
  else paste(step.paste);
  await allDrawn(root);
}

function paste(text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  focused()?.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
  );
}

describe('the phone by keyboard alone', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  for (const [what, still, steps, wanted] of CONTROLS) {
    it(what, async () => {
      const workspace = new StillWorkspace({ clock: hasty, ...still });
      const el = await show(workspace);
      // A link to the device's messages would ask the person for a program.
      el.addEventListener('ml-send', (event) => event.preventDefault());
      await allDrawn(el);
      for (const step of steps) await take(el, step);
      expect(workspace.commands.filter(([verb]) => verb === wanted[0]).at(-1)).to.deep.equal(wanted);
      expect(focused() !== null, 'the focus is kept').to.equal(true);
    });
  }
});
