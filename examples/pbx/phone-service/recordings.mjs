import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Records calls by MixMonitor. A recording's name is not to be guessed: who has its address may hear it. */
export function recordings(asterisk, spool) {
  const running = new Map();
  // A channel's name may come again.
  asterisk.onEvent(({ Event, Channel }) => Event === 'Hangup' && running.delete(Channel));

  /** The user's own channel of a call, by what the phone knows the call by. */
  async function channelOf(user, call) {
    const channels = await asterisk.list('CoreShowChannels');
    for (const { Channel } of channels.filter(({ Channel }) => Channel.startsWith(`PJSIP/${user}-`))) {
      for (const Variable of ['CHANNEL(pjsip,call-id)', 'CORRELATION']) {
        const { Value } = await asterisk.ask('Getvar', { Channel, Variable }).catch(() => ({}));
        if (Value === call) return Channel;
      }
    }
    return undefined;
  }

  return {
    /** Answers `{ state, name? }`, or nothing for a call that the user does not have. */
    async change(user, call, action) {
      const Channel = await channelOf(user, call);
      if (!Channel) return undefined;
      const name = running.get(Channel);
      if (action === 'stop') {
        running.delete(Channel);
        if (name) await asterisk.ask('StopMixMonitor', { Channel });
        return { state: 'off', name };
      }
      if (action === 'pause') {
        if (name) await asterisk.ask('MixMonitorMute', { Channel, Direction: 'both', State: 1 });
        return name ? { state: 'paused', name } : { state: 'off' };
      }
      if (name) {
        await asterisk.ask('MixMonitorMute', { Channel, Direction: 'both', State: 0 });
        return { state: 'on', name };
      }
      const fresh = randomUUID();
      await asterisk.ask('MixMonitor', { Channel, File: `${fresh}.wav` });
      running.set(Channel, fresh);
      return { state: 'on', name: fresh };
    },
    audio: (name) =>
      /^[0-9a-f-]{36}$/.test(name) ? readFile(join(spool, 'monitor', `${name}.wav`)).catch(() => undefined) : undefined,
  };
}
