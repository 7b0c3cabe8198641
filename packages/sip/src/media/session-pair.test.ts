import { MultiLineError, systemClock } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { openMicrophone, type MicrophonePermission, type MicrophonePermissionState } from './microphone.ts';
import { playback, type Playback } from './playback.ts';
import {
  sessionMedia,
  type SessionMedia,
  type SessionMediaOptions,
  type SessionMediaSetup,
} from './session-description.ts';

// What the tests of this folder share: sessions with real connections, joined by hand.

export const clock = systemClock();

/** A permission that stays what it is. */
export function permission(state: MicrophonePermissionState): MicrophonePermission {
  return { state, known: Promise.resolve(state), watch: () => () => undefined, dispose: () => undefined };
}

const open: SessionMedia[] = [];
const speakers: Playback[] = [];
/** What the sessions of the running test have reported. */
export const failures: MultiLineError[] = [];

/** A session with the browser's fake microphone; {@link endSessions} ends it. */
export function media(setup: Partial<SessionMediaSetup> = {}): SessionMedia {
  const made = sessionMedia({
    iceServers: [],
    clock,
    permission: permission('granted'),
    openMicrophone: (signal) => openMicrophone({}, signal),
    take: () => undefined,
    onFailure: (error) => failures.push(error),
    onMoved: () => undefined,
    onClose: () => undefined,
    ...setup,
  });
  open.push(made);
  return made;
}

export function endSessions(): void {
  speakers.splice(0).forEach((speaker) => speaker.dispose());
  open.splice(0).forEach((one) => one.close());
  failures.splice(0);
}

/** Offer, ring, answer, as SIP.js asks for them. */
export async function talk(caller: SessionMedia, callee: SessionMedia): Promise<void> {
  const offer = await caller.getDescription();
  await callee.ring(offer.body);
  await callee.setDescription(offer.body);
  const answer = await callee.getDescription();
  await caller.setDescription(answer.body);
}

/** One re-INVITE from one side to the other. */
export async function renegotiate(
  from: SessionMedia,
  to: SessionMedia,
  options: SessionMediaOptions,
  answerOptions: SessionMediaOptions = {},
): Promise<void> {
  const offer = await from.getDescription(options);
  await to.setDescription(offer.body, answerOptions);
  const answer = await to.getDescription(answerOptions);
  await from.setDescription(answer.body);
}

export const flowing = (one: SessionMedia): Promise<void> =>
  new Promise((resolve) => {
    const stop = one.onFlow((flows) => {
      if (!flows) return;
      stop();
      resolve();
    });
  });

/** Listens until there is sound: browsers measure only what is played, and no event tells of packets. */
export async function heard(one: SessionMedia): Promise<void> {
  const speaker = playback();
  speakers.push(speaker);
  speaker.play(one.remote);
  const before = (await one.stats()).received.energy;
  while ((await one.stats()).received.energy <= before) await new Promise(requestAnimationFrame);
}

export const direction = (one: SessionMedia): RTCRtpTransceiverDirection | null | undefined =>
  one.connection?.getTransceivers()[0]?.currentDirection;

export const micOf = (one: SessionMedia): MediaStreamTrack | null | undefined => one.connection?.getSenders()[0]?.track;

export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

export async function rejection(promise: Promise<unknown>): Promise<MultiLineError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(thrown).to.be.instanceOf(MultiLineError);
  return thrown as MultiLineError;
}

describe('two sessions', () => {
  afterEach(endSessions);

  it('carries audio both ways', async () => {
    const [caller, callee] = [media(), media()];
    const both = Promise.all([flowing(caller), flowing(callee)]);
    await talk(caller, callee);
    await both;
    await Promise.all([heard(caller), heard(callee)]);
    const stats = await caller.stats();
    expect(stats.sent.packets).to.be.greaterThan(0);
    expect(stats.sent.bytes).to.be.greaterThan(0);
    expect(stats.received.bytes).to.be.greaterThan(0);
    expect(caller.remote.getAudioTracks()).to.have.length(1);
    expect(failures).to.deep.equal([]);
  });
});
