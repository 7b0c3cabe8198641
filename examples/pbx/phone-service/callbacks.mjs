import { randomUUID } from 'node:crypto';

/** How Asterisk's DIALSTATUS ends a callback, and what the dialplan adds to it. */
const ENDS = {
  ANSWER: 'completed',
  BUSY: 'busy',
  NOANSWER: 'no-answer',
  CANCEL: 'no-answer',
  DECLINED: 'declined',
  UNCONFIRMED: 'not-confirmed',
};
/** How long the end of a call can still be asked for, in ms. */
const KEPT_MS = 60_000;

/** Calls that ring the person's own device first. Answers `{ start, watch, end }`. */
export function callbacks(asterisk) {
  const calls = new Map();

  function tell(call, change) {
    if (!call || 'ended' in call.state) return;
    call.state = change;
    for (const listener of call.listeners) listener(change);
    if ('ended' in change) setTimeout(() => calls.delete(call.id), KEPT_MS).unref();
  }

  const hangUp = (id) => asterisk.ask('Hangup', { Channel: id }).catch(() => undefined);

  asterisk.onEvent(({ Event, UserEvent, Id, Stage, Ended, Uniqueid, Response }) => {
    if (Event === 'UserEvent' && UserEvent === 'Callback') {
      tell(calls.get(Id), Stage ? { stage: Stage } : { ended: ENDS[Ended] ?? 'failed' });
      // The other devices ring on else.
      if (Ended === 'DECLINED') void hangUp(Id);
    }
    // The device was never reached; if the dialplan knows more it has said so before.
    if (Event === 'OriginateResponse' && Response === 'Failure') tell(calls.get(Uniqueid), { ended: 'failed' });
  });

  /** Every phone of the person that is registered and is no MultiLine, and the devices asked for by name. */
  async function devicesOf(user, person, alsoRing) {
    const contacts = await asterisk.list('PJSIPShowContacts').catch(() => []);
    const own = contacts
      .filter(({ Endpoint, UserAgent = '' }) => Endpoint === user && !UserAgent.startsWith('MultiLine'))
      .map(({ Uri }) => `PJSIP/${user}/${Uri}`);
    const named = alsoRing.map((name) => person.devices?.[name]).filter(Boolean);
    return [...own, ...named];
  }

  return {
    /** Answers the call's id, or nothing where the person has no device. */
    async start(user, person, { to, alsoRing = [], correlation = '' }) {
      const devices = await devicesOf(user, person, alsoRing);
      if (devices.length === 0) return undefined;
      const id = randomUUID();
      const call = { id, user, state: { stage: 'calling-device' }, listeners: new Set() };
      calls.set(id, call);
      await asterisk.ask('Originate', {
        Channel: 'Local/s@callback-device/n',
        ChannelId: id,
        OtherChannelId: `${id}-device`,
        Context: 'callback-confirm',
        Exten: 's',
        Priority: 1,
        CallerID: to,
        Timeout: 60_000,
        Async: 'true',
        Variable: [
          `CALLBACK=${id}`,
          `DEVICES=${devices.join('&')}`,
          `PERSON=${person.number}`,
          `TO=${to}`,
          `__CORRELATION=${correlation || id}`,
        ],
      });
      return id;
    },
    /** Hears the present state and every change; answers how to stop, or nothing for a call that is not this user's. */
    watch(user, id, listener) {
      const call = calls.get(id);
      if (call?.user !== user) return undefined;
      call.listeners.add(listener);
      listener(call.state);
      return () => call.listeners.delete(listener);
    },
    async end(user, id) {
      const call = calls.get(id);
      if (call?.user !== user) return false;
      const { stage } = call.state;
      // Of the other stages the dialplan says how they end.
      if (stage === 'calling-device') tell(call, { ended: 'no-answer' });
      if (stage) await hangUp(id);
      return true;
    },
  };
}
