import { MultiLineError, type Failure, type Line, type LineCall } from '@multiline/core';
import type { Invitation, Session } from 'sip.js';
import { insideOf, type SipAccount } from './account.ts';
import type { CallHeaderNames } from './call-headers.ts';
import type { Conference } from './conference.ts';
import { targetUri } from './headers.ts';
import { Farewells } from './farewells.ts';
import { IncomingCall } from './incoming-call.ts';
import { audioDevices, type MicrophoneOpener } from './media/devices.ts';
import { mediaFactory, type MediaFactory } from './media/media-factory.ts';
import type { AudioStats } from './media/audio-stats.ts';
import { checksOnDemand, phoneSystem, publishOnDemand, watchedOnDemand } from './on-demand.ts';
import { OutgoingCall } from './outgoing-call.ts';
import { infoRecorder, serviceRecorder, type ServiceRecorder } from './recorder.ts';
import { SipCall, type CallSetup } from './sip-call.ts';
import type { PhoneService } from './phone-service.ts';
import { messageWaiting } from './subscriptions/message-waiting.ts';
import { RingingAgain } from './resume/ringing-again.ts';
import { readRingingToken } from './resume/ringing-token.ts';
import { tell } from './tell.ts';
import { replacement } from './transfer/replacement.ts';

export interface SipLineOptions {
  /** What a caller gets while a call lives: `offer` (by default) lets the workspace's policy decide, `reject` answers 486 by itself. */
  readonly busy?: 'reject' | 'offer';
  /** How many calls there may be at once, ringing ones among them; 8 by default. A further one is refused: 486 to its caller, `in-call` to us. */
  readonly maxCalls?: number;
  /** How a call is declined: 603 (by default) ends it everywhere, 486 lets other phones of the user ring on. */
  readonly declineCode?: 486 | 603;
  /** What the phone system does beside SIP: gives the line its mailbox and its recorder. */
  readonly service?: PhoneService;
  /** Without a service: how the server's recorder is reached; `info` is Asterisk's one-touch recording. */
  readonly recorder?: 'info';
  /** Where the phone system tells which number was called, which queue it came from and which digits were typed. */
  readonly headers?: CallHeaderNames;
  /** What becomes of a call whose other side sends us on to somebody else (REFER): we follow it by default. */
  readonly referrals?: 'follow' | 'refuse';
  /**
   * Whether the user's other devices are watched (RFC 4235), so that their calls get rows and logs here too: by default, where the
   * server tells of them. Without it, what another phone answers stands as answered elsewhere, and that phone logs it.
   */
  readonly watch?: boolean;
  /** Opens the microphone; by default the browser's. Rejects with a `MultiLineError`. */
  readonly openMicrophone?: MicrophoneOpener;
}

/** The telephone of an account, with its audio in this browser. */
export function sipLine(account: SipAccount, options: SipLineOptions = {}): Line {
  const inside = insideOf(account);
  const { link, correlationHeader, iceServers } = inside;
  const {
    busy = 'offer',
    declineCode = 603,
    maxCalls = 8,
    referrals = 'follow',
    openMicrophone,
    service,
    recorder,
    headers,
    watch = true,
  } = options;
  const calls = new Set<SipCall>();
  const listeners = new Set<(call: LineCall) => void>();

  const audio = audioDevices(link.clock, openMicrophone);
  let conference: Promise<Conference> | undefined;
  /** There from the first mix on; what is asked of it meanwhile waits its turn. */
  const conferenceMade = (): Promise<Conference> =>
    (conference ??= phoneSystem().then(
      ({ Conference }) => new Conference(link.clock),
      (failed: unknown) => {
        conference = undefined;
        throw failed;
      },
    ));
  const inConference = (act: (made: Conference) => void): void => void conference?.then(act, () => undefined);
  let made: MediaFactory | undefined;
  /** Made when the line is used and gone when it stops: it watches the microphone permission. */
  const media = (): MediaFactory =>
    (made ??= mediaFactory({
      clock: link.clock,
      iceServers,
      openMicrophone: (signal) => audio.openMicrophone(signal),
      onMoved: link.networkChanged,
      onFailure: (session: Session, error: MultiLineError) => {
        [...calls].find((call) => call.carries(session))?.microphoneFailed(error);
      },
    }));
  const { recorder: recorderNow, $records }: ServiceRecorder = service
    ? serviceRecorder(service, account.$status, link.clock)
    : { recorder: () => (recorder === 'info' ? infoRecorder : undefined) };
  const farewells = new Farewells(link, phoneSystem, inside.keptFarewells);
  const setup: CallSetup = {
    link,
    clock: link.clock,
    media: (session) => media().media(session),
    correlationHeader,
    followReferrals: referrals === 'follow',
    get recorder() {
      return recorderNow();
    },
    headers,
    phoneSystem,
    farewells,
    silence: (call, silenced) => inConference((made) => made.silence(call, silenced)),
    onTaken: (call) => inConference((made) => made.changed(call)),
    onEnded: (call) => {
      calls.delete(call);
      inConference((made) => made.changed(call));
    },
  };
  const begin = (call: SipCall): void => {
    calls.add(call);
    void call.over.then(audio.follow(call.audio));
    link.watchClosely();
  };
  const full = (): boolean => calls.size >= (busy === 'reject' ? 1 : maxCalls);

  const again = new RingingAgain({
    link,
    find: (callId) => [...calls].find((call) => call instanceof IncomingCall && call.callId === callId),
  });

  /** Somebody wants to take the place of the other side of a call. */
  const replaced = (invitation: Invitation, session: Session): void => {
    const call = [...calls].find((one) => one.carries(session) && one.answered);
    const by = replacement(invitation, session);
    if (call && (by === 'peer' || (by === 'party' && referrals === 'follow'))) void call.replace(invitation, by);
    else invitation.reject({ statusCode: call ? 403 : 481 }).catch(() => undefined);
  };

  link.attach({
    media: (session) => media().media(session),
    inCall: () => calls.size > 0,
    onInvitation(invitation: Invitation) {
      if (invitation.replacee) {
        replaced(invitation, invitation.replacee);
        return;
      }
      const origin = again.originOf(invitation);
      const refusal = farewells.refusalOf(invitation.request.callId) ?? (full() ? { statusCode: 486 } : undefined);
      if (origin === 'merged' || refusal) {
        invitation.reject(origin === 'merged' ? { statusCode: 482 } : refusal).catch(() => undefined);
        return;
      }
      const call = new IncomingCall(setup, invitation, declineCode, origin?.since);
      begin(call);
      // A caller who is gone already has ended the call itself.
      call.ring().catch(() => undefined);
      // Whoever has asked for it to ring on has it already.
      if (!origin) tell(listeners, call);
    },
    onLost(failure: Failure) {
      farewells.lost();
      for (const call of [...calls]) call.lost(failure);
    },
    onRegistered() {
      farewells.again();
      for (const call of [...calls]) call.recovered();
    },
    onMoved() {
      for (const call of [...calls]) call.moved();
    },
  });

  return {
    $status: account.$status,
    identity: account.identity,
    device: 'here',
    audio,
    start: () => account.start(),
    forget: () => account.forget(),
    async stop() {
      await Promise.all([...calls].map((call) => call.hangUp()));
      await Promise.all([...calls].map((call) => call.over));
      await account.stop();
      made?.dispose();
      made = undefined;
    },
    onIncoming(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async dial(target, dialOptions = {}) {
      const userAgent = link.userAgent;
      if (!userAgent || account.$status.get().state !== 'registered') throw new MultiLineError('not-registered');
      if (calls.size >= maxCalls) throw new MultiLineError('in-call');
      const call = new OutgoingCall(setup, userAgent, targetUri(target, link.uri), dialOptions);
      begin(call);
      try {
        await call.start();
      } catch (thrown) {
        calls.delete(call);
        throw thrown;
      }
      return call;
    },
    mix: async (members) => (await conferenceMade()).mix(members),
    async resume(text) {
      const ringing = readRingingToken(text);
      if (ringing) return again.ring(ringing);
      try {
        const { takeBack } = await phoneSystem();
        return await takeBack(text, setup, begin);
      } catch (thrown) {
        farewells.abandon(text);
        throw thrown;
      }
    },
    async dialFeatureCode(code) {
      const { dialFeatureCode } = await phoneSystem();
      const { userAgent } = link;
      if (!userAgent || account.$status.get().state !== 'registered') throw new MultiLineError('not-registered');
      await dialFeatureCode(targetUri(code, link.uri), { userAgent, clock: link.clock, iceServers });
    },
    prepare() {
      if (account.$status.get().state !== 'off') media().prepare();
    },
    reconnect() {
      account.reconnect();
    },
    async logIn(login) {
      await Promise.all([...calls].map((call) => call.hangUp()));
      await account.logIn(login);
    },
    log: () => account.log(),
    checks: checksOnDemand(
      ['microphone', 'server', 'registration', 'round-trip', 'stun', 'turn', 'recorder'],
      (parts) => [
        parts.microphoneCheck(audio, link.clock),
        ...parts.signallingChecks(inside),
        ...parts.mediaChecks(inside),
        parts.recorderCheck(async () => (await service?.records?.()) ?? (service !== undefined || recorder === 'info')),
      ],
    ),
    $messageWaiting: messageWaiting(link),
    ...($records && { $records }),
    ...(service && { voicemail: service.voicemail }),
    ...(watch && { onWatched: watchedOnDemand(link, { ringing: false }) }),
    publish: publishOnDemand(link),
  };
}

/** What a call's audio has brought and sent so far; `undefined` for a call of another line, or one without audio. */
export async function callStats(call: LineCall): Promise<AudioStats | undefined> {
  return call instanceof SipCall ? call.stats() : undefined;
}
