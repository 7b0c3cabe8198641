import { computed, type ReadableAtom } from 'nanostores';
import { quietly } from '../deadline.ts';
import { formatNumber } from '../numbers/index.ts';
import type { Attention, ControlAction, Notice, PhoneControls } from '../ports/attention.ts';
import type { Line } from '../ports/line.ts';
import type { Settings } from '../settings/settings.ts';
import { ALERT_WORDS, type AlertWord, type AlertWords } from './alert-words.ts';
import type { Call } from './call.ts';
import type { CallControl } from './call-control.ts';

export interface AlertingParts {
  attention: Attention;
  $calls: ReadableAtom<readonly Call[]>;
  $settings: ReadableAtom<Settings>;
  /** Carries out what is pressed outside the page: in a notification, on a headset. */
  control: Pick<CallControl, 'answer' | 'decline' | 'hangUp' | 'mute'>;
  /** Where this desk's calls ring: on another device it is shown and not answered (ML-24). */
  line: Pick<Line, 'device'>;
  country: string;
  words: AlertWords;
  /** Brings the panel to the front: for a call that comes in, and when a notification is clicked. */
  show(): void;
}

/**
 * Rings, notifies and marks the title while calls come in or ask to be taken back; stops when none does. Into a conversation
 * goes one quiet tone instead. Headset and media keys follow the calls, and closing the page with one is warned of.
 */
export function createAlerting(parts: AlertingParts): { stop(): void } {
  const { attention, $calls, $settings, control, line, country, show } = parts;
  const say = (word: AlertWord): string => parts.words(word) ?? ALERT_WORDS[word];
  let stopRinging: (() => void) | null = null;
  let ringsOn = '';
  let controls = 'null';
  let guarded = false;
  /** Calls that were announced to somebody who talks. */
  let knocked = new Set<string>();
  /** Calls the panel was brought to the front for. */
  let shown = new Set<string>();
  const notices = new Map<string, { text: string; close: () => void }>();

  /** A page that cannot ring is no reason to disturb a call. */
  function update(calls: readonly Call[], { ringers }: Settings): void {
    const live = calls.filter(({ phase, device }) => phase !== 'ended' && device === 'here');
    const wanted = live.filter(asks);
    const there = line.device === 'elsewhere' ? calls.filter((call) => call.device === 'elsewhere' && rings(call)) : [];
    for (const part of [
      () => ring(wanted, live.some(talks), ringers),
      () => open([...wanted, ...there]),
      () => notify([...wanted, ...there]),
      () => steer(live),
      () => guard(live.some((call) => call.phase === 'active' || call.direction === 'outbound')),
    ])
      quietly(part);
  }

  function ring(wanted: readonly Call[], talking: boolean, ringers: readonly string[]): void {
    const on = JSON.stringify(ringers);
    if (stopRinging && (wanted.length === 0 || talking || on !== ringsOn)) {
      stopRinging();
      stopRinging = null;
    }
    if (wanted.length > 0 && !talking && !stopRinging) {
      ringsOn = on;
      stopRinging = attention.ring(ringers.includes('*') ? 'all' : ringers.length > 0 ? ringers : undefined);
    }
    if (talking && wanted.some(({ id }) => !knocked.has(id))) attention.knock?.();
    knocked = new Set(talking ? wanted.map(({ id }) => id) : []);
  }

  function open(wanted: readonly Call[]): void {
    if (wanted.some(({ id }) => !shown.has(id))) show();
    shown = new Set(wanted.map(({ id }) => id));
  }

  function notify(wanted: readonly Call[]): void {
    for (const [id, { close }] of notices) {
      if (wanted.some((call) => call.id === id)) continue;
      close();
      notices.delete(id);
    }
    for (const call of wanted) {
      const notice = noticeOf(call);
      const text = `${notice.title}\n${notice.body}`;
      // A name that arrives late takes the number's place in the same notification.
      if (attention.notify && notices.get(call.id)?.text !== text)
        notices.set(call.id, { text, close: attention.notify(notice) });
    }
    const [first] = wanted;
    attention.badge?.(wanted.length, first && caller(first));
  }

  function noticeOf(call: Call): Notice {
    const account = call.match.record?.account?.name;
    const what = call.recalled ? WHY_RECALLED[call.recalled] : 'alert.incoming';
    const notice = {
      title: caller(call),
      body: [say(what), ...(account ? [account] : [])].join(' · '),
      tag: `ml-call-${call.id}`,
      onClick: show,
    };
    if (call.recalled || call.device === 'elsewhere') return notice;
    return {
      ...notice,
      actions: [
        { action: 'answer', title: say('alert.answer') },
        { action: 'decline', title: say('alert.decline') },
      ],
      onAction: (action) => {
        if (action === 'answer') show();
        press(call, action);
      },
    };
  }

  /** Tells the buttons what they are for. A ringing call is answered or declined, the one that speaks is ended or muted. */
  function steer(live: readonly Call[]): void {
    const phone = controlsOf(live);
    const text = JSON.stringify(phone);
    if (text === controls) return;
    controls = text;
    attention.control?.(phone, (action) => {
      const now = $calls.get().filter(({ phase, device }) => phase !== 'ended' && device === 'here');
      const call = action === 'answer' || action === 'decline' ? now.find(rings) : spoken(now);
      if (call) press(call, action);
    });
  }

  /** Whatever it fails of stands in the call. */
  function press({ id }: Call, action: ControlAction): void {
    quietly(() => {
      if (action === 'hang-up') return control.hangUp(id);
      if (action === 'answer' || action === 'decline') return control[action](id);
      return control.mute(id, action === 'mute');
    });
  }

  function controlsOf(live: readonly Call[]): PhoneControls | null {
    const call = spoken(live);
    const ringing = live.find(rings);
    const named = ringing ?? call;
    if (!named) return null;
    return {
      ringing: ringing !== undefined,
      active: call !== undefined,
      muted: call?.muted ?? false,
      held: call !== undefined && waits(call),
      title: caller(named),
    };
  }

  /** Who calls, as a person would say it: the CRM's name, else the number, else what the wire claims. */
  function caller({ match, number, displayName }: Call): string {
    return (
      match.record?.name ?? (number ? formatNumber(number, { country }).text : (displayName ?? say('alert.unknown')))
    );
  }

  function guard(on: boolean): void {
    if (on === guarded) return;
    guarded = on;
    attention.guard?.(on);
  }

  const unsubscribe = computed([$calls, $settings], (calls, settings) => ({ calls, settings })).subscribe(
    ({ calls, settings }) => update(calls, settings),
  );
  return {
    stop() {
      unsubscribe();
      update([], $settings.get());
      quietly(() => attention.stop?.());
    },
  };
}

const WHY_RECALLED = { hold: 'alert.held', transfer: 'alert.came-back' } as const;

const rings = ({ direction, phase, pending }: Call): boolean =>
  direction === 'inbound' && phase === 'ringing' && !pending;

/** It comes in, waits for too long (MV-28), or has come back from a transfer (MV-36). */
const asks = (call: Call): boolean => rings(call) || (call.recalled !== undefined && !call.pending);

const waits = ({ hold }: Call): boolean => hold === 'us' || hold === 'both';

const talks = (call: Call): boolean => call.phase === 'active' && !waits(call);

/** The call that a person talks on, else one that is being made, else one that waits. */
function spoken(live: readonly Call[]): Call | undefined {
  return (
    live.find(talks) ??
    live.find(({ direction, phase }) => direction === 'outbound' && phase !== 'active') ??
    live.find(({ phase }) => phase === 'active')
  );
}
