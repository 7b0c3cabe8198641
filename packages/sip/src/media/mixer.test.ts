import { manualClock, type ManualClock } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { createMixer, type Mixer } from './mixer.ts';
import { endSessions, failures, media, micOf, renegotiate, talk } from './session-pair.test.ts';
import type { SessionMedia } from './session-description.ts';
import { ear, endTones, toneTrack, until } from './tones.test.ts';

const ours = 500;

/** One call: our end of it, theirs, and what they say and hear. */
interface Leg {
  readonly tone: number;
  readonly us: SessionMedia;
  readonly hears: (frequency: number) => boolean;
  readonly them: SessionMedia;
  /** Our microphones for this call, the newest last. */
  readonly microphones: MediaStreamTrack[];
}

async function leg(tone: number): Promise<Leg> {
  const microphones: MediaStreamTrack[] = [];
  const open = (frequency: number) => (): Promise<MediaStreamTrack> => Promise.resolve(toneTrack(frequency));
  const us = media({
    openMicrophone: async () => {
      const track = await open(microphones.length > 0 ? ours + 100 : ours)();
      microphones.push(track);
      return track;
    },
  });
  const them = media({ openMicrophone: open(tone) });
  await talk(us, them);
  return { tone, us, them, microphones, hears: ear(them.remote) };
}

describe('the mixer', () => {
  let clock: ManualClock;
  let contexts: AudioContext[];
  let mixer: Mixer<SessionMedia>;
  let ann: Leg, bob: Leg, cid: Leg;
  const all = (): Leg[] => [ann, bob, cid];
  const others = (one: Leg): number[] => all().flatMap(({ tone }) => (tone === one.tone ? [] : tone));
  const mix = (...members: Leg[]): Promise<void> => mixer.mix(members.map(({ us }) => us));

  beforeEach(async () => {
    clock = manualClock();
    contexts = [];
    mixer = createMixer<SessionMedia>(clock, () => {
      const context = new AudioContext();
      contexts.push(context);
      return context;
    });
    [ann, bob, cid] = await Promise.all([leg(900), leg(1400), leg(2100)]);
  });

  afterEach(async () => {
    await mixer.mix([]);
    endSessions();
    endTones();
  });

  it('lets each hear us and the others and nobody itself', async () => {
    await mix(ann, bob, cid);
    for (const one of all()) {
      await until(() => [ours, ...others(one)].every(one.hears));
      expect(one.hears(one.tone)).to.equal(false);
    }
    expect(contexts).to.have.length(1);
  });

  it('takes one more in and lets one go, who then hears us alone', async () => {
    await mix(ann, bob);
    await until(() => [ours, bob.tone].every(ann.hears));
    expect([bob.tone, cid.tone].filter(cid.hears)).to.deep.equal([]);
    await mix(ann, bob, cid);
    await until(() => [ours, ann.tone, bob.tone].every(cid.hears) && ann.hears(cid.tone));
    await mix(bob, cid);
    await until(() => !bob.hears(ann.tone) && bob.hears(cid.tone));
    await until(() => ann.hears(ours) && !ann.hears(bob.tone) && !ann.hears(cid.tone));
    expect(micOf(ann.us)).to.equal(ann.microphones[0]);
  });

  it('goes back to the plain microphones when fewer than two are left', async () => {
    await mix(ann, bob, cid);
    await mix(cid);
    for (const one of all()) expect(micOf(one.us)).to.equal(one.microphones[0]);
    expect(contexts[0]?.state).to.equal('closed');
    await until(() => all().every((one) => one.hears(ours) && !others(one).some(one.hears)));
  });

  it('ends whole when it is dissolved while it is being made', async () => {
    await Promise.all([mix(ann, bob), mixer.mix([])]);
    expect(micOf(ann.us)).to.equal(ann.microphones[0]);
    await until(() => ann.hears(ours));
  });

  it('goes on when a member hangs up', async () => {
    await mix(ann, bob, cid);
    ann.us.close();
    await mix(bob, cid);
    await until(() => [ours, cid.tone].every(bob.hears) && !bob.hears(ann.tone));
  });

  it('keeps a silenced one from the others, also one silenced before it came in', async () => {
    mixer.silence(ann.us, true);
    await mix(ann, bob, cid);
    await until(() => bob.hears(cid.tone) && [ours, bob.tone, cid.tone].every(ann.hears));
    expect(bob.hears(ann.tone)).to.equal(false);
    mixer.silence(ann.us, false);
    await until(() => bob.hears(ann.tone) && cid.hears(ann.tone));
    mixer.silence(ann.us, true);
    await until(() => !bob.hears(ann.tone) && !cid.hears(ann.tone) && bob.hears(cid.tone));
  });

  it('keeps our voice back while we are muted, and nobody else’s', async () => {
    await mix(ann, bob, cid);
    all().forEach(({ us }) => us.mute(true));
    await until(() => all().every((one) => !one.hears(ours) && others(one).every(one.hears)));
    all().forEach(({ us }) => us.mute(false));
    await until(() => all().every((one) => one.hears(ours)));
  });

  it('leaves it told how loud our microphone is, and not how loud the others are', async () => {
    await mix(ann, bob, cid);
    const sent = async () => (await ann.us.stats()).sent;
    await until(() => ann.hears(bob.tone));
    await until(async () => (await sent()).level > 0);
    ann.us.mute(true);
    await until(async () => (await sent()).level === 0);
    await until(async () => (await sent()).energy === (await sent()).energy);
    expect(ann.hears(bob.tone)).to.equal(true);
    const still = (await sent()).energy;
    ann.us.mute(false);
    await until(async () => (await sent()).energy > still);
  });

  it('lets a member who waits hear nobody, and takes it back in', async () => {
    await mix(ann, bob, cid);
    await renegotiate(ann.us, ann.them, { hold: true });
    await until(() => ![ours, bob.tone, cid.tone].some(ann.hears) && bob.hears(cid.tone));
    await renegotiate(ann.us, ann.them, {});
    await until(() => [ours, bob.tone, cid.tone].every(ann.hears) && bob.hears(ann.tone));
  });

  it('goes on with another microphone when one is lost in mid-conference', async () => {
    await mix(ann, bob, cid);
    await until(() => ann.hears(ours));
    const [first] = ann.microphones;
    first?.stop();
    first?.dispatchEvent(new Event('ended'));
    expect(failures.map(({ code }) => code)).to.deep.equal(['mic-missing']);
    await ann.us.openMicrophone();
    await until(() => !ann.hears(ours) && [ours + 100, bob.tone, cid.tone].every(ann.hears));
  });

  it('tells who speaks while somebody listens, and measures nothing else', async () => {
    const said: [SessionMedia, boolean][] = [];
    await mix(ann, bob);
    expect(clock.waiting).to.equal(0);
    const stop = mixer.onSpeaking((member, speaking) => said.push([member, speaking]));
    await until(() => (clock.advance(100), said.length === 2));
    expect(said).to.have.deep.members([
      [ann.us, true],
      [bob.us, true],
    ]);
    ann.them.mute(true);
    await until(() => (clock.advance(100), said.length === 3));
    expect(said[2]).to.deep.equal([ann.us, false]);
    await mixer.mix([]);
    expect(said.slice(3)).to.deep.equal([[bob.us, false]]);
    expect(clock.waiting).to.equal(0);
    await mix(ann, bob);
    expect(clock.waiting).to.equal(1);
    stop();
    expect(clock.waiting).to.equal(0);
  });

  it('begins with the next gesture where the browser holds sound back', async () => {
    const context = new AudioContext();
    await context.suspend();
    const native = context.resume.bind(context);
    context.resume = () => new Promise(() => undefined);
    const held = createMixer<SessionMedia>(clock, () => context);
    await held.mix([ann.us, bob.us]);
    context.resume = native;
    dispatchEvent(new PointerEvent('pointerup'));
    await until(() => ann.hears(bob.tone));
    await held.mix([]);
  });
});
