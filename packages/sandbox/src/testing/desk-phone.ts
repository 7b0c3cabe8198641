import { usePCMU } from 'werift';
import { header, type SipRequest, type SipResponse } from '../sip/message.ts';
import { parseAddress } from '../sip/address.ts';
import { connectAgent } from '../sip/testing/scripted-agent.ts';
import { mediaPhone } from '../sip/testing/media-phone.ts';

const SDP = { name: 'Content-Type', value: 'application/sdp' };

/** How a desk phone behaves. */
export interface DeskPhoneOptions {
  /** `ws://…/sip` of a sandbox. */
  readonly server: string;
  readonly user: string;
  /** Its User-Agent; `Desk phone` makes it one that `alsoRing: ["desk"]` means. */
  readonly name?: string;
  /** What it does with each call by itself: answer it and press a key, answer like a voicemail, or refuse it. */
  readonly script?: { readonly press: string } | 'voicemail' | { readonly refuse: number };
}

/** A phone of a user's that is no browser: it registers, rings, answers with audio (G.711), presses keys. */
export interface DeskPhone {
  /** The next call that comes in; not with a script. */
  call(): Promise<DeskCall>;
  close(): Promise<void>;
}

/** A call at a desk phone. */
export interface DeskCall {
  /** The caller's display name and address. */
  readonly from: { readonly name: string; readonly user: string };
  /** Answers; resolved when something was heard, or when the call is over before. */
  answer(): Promise<void>;
  refuse(status: number): void;
  /** Presses a key (INFO, application/dtmf-relay). */
  press(digit: string): Promise<void>;
  /** Resolved when audio comes that satisfies. */
  hear(wanted?: (payload: Buffer) => boolean): Promise<void>;
  hangUp(): Promise<void>;
  /** Resolved when the other side has hung up or taken the call back, with what it said of why (`Reason`, RFC 3326), or ''. */
  readonly ended: Promise<string>;
}

/** Registers a desk phone. It says `D` in every sample, so that a listener can tell it from a tone. */
export async function connectDeskPhone(options: DeskPhoneOptions): Promise<DeskPhone> {
  const { server, user, name = 'Desk phone', script } = options;
  const agent = await connectAgent(server, user, { agent: name });
  const { status } = await agent.register();
  if (status !== 200) throw new Error(`${user} was not registered: ${String(status)}`);
  const callOf = (invite: SipRequest): DeskCall => {
    const media = mediaPhone(usePCMU(), 'D'.repeat(160));
    const from = parseAddress(header(invite, 'From') ?? '');
    let answered: SipResponse | undefined;
    let stopSpeaking: () => void = () => undefined;
    const end = async (why = '') => {
      stopSpeaking();
      await media.peer.close();
      return why;
    };
    const reasonOf = (request: SipRequest) => header(request, 'Reason') ?? '';
    const ended = Promise.race([
      agent.coming('BYE', invite).then((bye) => {
        agent.reply(bye, 200);
        return reasonOf(bye);
      }),
      agent.coming('CANCEL', invite).then((cancel) => {
        agent.reply(cancel, 200);
        if (!answered) agent.reply(invite, 487);
        return reasonOf(cancel);
      }),
      agent.closed.then(() => ''),
    ]).then(end);
    return {
      from: { name: (from?.display ?? '').replaceAll('"', ''), user: from?.uri.user ?? '' },
      ended,
      async answer() {
        answered = agent.reply(invite, 200, { headers: [SDP], body: await media.answer(invite.body) });
        stopSpeaking = media.speak();
        await Promise.race([media.hear(), ended]);
      },
      refuse: (refusal) => void agent.reply(invite, refusal),
      async press(digit) {
        if (!answered) throw new Error('press a key after the answer');
        const headers = [{ name: 'Content-Type', value: 'application/dtmf-relay' }];
        await agent.final(agent.within('INFO', invite, answered, { headers, body: `Signal=${digit}\r\nDuration=100` }));
      },
      async hear(wanted = () => true) {
        await media.hear(({ payload }) => wanted(payload));
      },
      async hangUp() {
        if (!answered) throw new Error('hang up after the answer');
        await agent.final(agent.within('BYE', invite, answered));
        await end();
      },
    };
  };
  const play = async (call: DeskCall) => {
    if (script === undefined) return;
    if (script !== 'voicemail' && 'refuse' in script) {
      call.refuse(script.refuse);
      return;
    }
    await call.answer();
    if (script !== 'voicemail') await call.press(script.press);
  };
  const next = async () => {
    const invite = await agent.coming('INVITE');
    agent.reply(invite, 180);
    return callOf(invite);
  };
  const follow = async () => {
    // Ends with the socket: then nothing comes any more.
    for (;;) await play(await next());
  };
  if (script !== undefined) void follow();
  return { call: next, close: () => agent.close() };
}
