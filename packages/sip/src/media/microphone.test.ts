import type { MultiLineError } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { microphonePermission, openMicrophone, type MicrophonePermissionState } from './microphone.ts';
import { rejection } from './session-pair.test.ts';

/** Puts something else in a property's place until the test is over. */
const undo: (() => void)[] = [];
function replace(owner: object, name: string, value: unknown): void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { configurable: true, value });
  undo.push(() => {
    if (own) Object.defineProperty(owner, name, own);
    else Reflect.deleteProperty(owner, name);
  });
}

const refuseWith = (error: unknown): void =>
  replace(navigator.mediaDevices, 'getUserMedia', () => Promise.reject(error));

describe('openMicrophone', () => {
  const tracks: MediaStreamTrack[] = [];

  afterEach(() => {
    undo.splice(0).forEach((restore) => restore());
    tracks.splice(0).forEach((track) => track.stop());
  });

  it('opens the microphone', async () => {
    const track = await openMicrophone();
    tracks.push(track);
    expect([track.kind, track.readyState]).to.deep.equal(['audio', 'live']);
  });

  for (const [name, code, message] of [
    ['NotAllowedError', 'mic-denied', 'Permission denied'],
    ['SecurityError', 'mic-denied', 'not here'],
    ['NotFoundError', 'mic-missing', 'none'],
    ['OverconstrainedError', 'mic-missing', 'gone'],
    ['NotReadableError', 'mic-in-use', 'busy'],
    ['AbortError', 'mic-in-use', 'hardware'],
    ['TypeError', 'unexpected', 'constraints'],
  ] as const) {
    it(`tells a ${name} as ${code}, with a remedy`, async () => {
      refuseWith(new DOMException(message, name));
      const error = await rejection(openMicrophone());
      expect(error.code).to.equal(code);
      expect(error.remedies).not.to.be.empty;
    });
  }

  it('says when it is the operating system that refuses', async () => {
    refuseWith(new DOMException('Permission denied by system', 'NotAllowedError'));
    const error = await rejection(openMicrophone());
    expect(error.details).to.deep.equal({ by: 'system' });
    expect(error.message).to.contain('operating system');
  });

  it('says when it is the page around that refuses', async () => {
    const frame = document.createElement('iframe');
    frame.allow = "microphone 'none'";
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.srcdoc = '<!doctype html>';
    document.body.append(frame);
    undo.push(() => frame.remove());
    await loaded;
    const inner = frame.contentWindow as Window & { outcome?: (error: MultiLineError) => void };
    const outcome = new Promise<MultiLineError>((resolve) => (inner.outcome = resolve));
    const script = inner.document.createElement('script');
    script.type = 'module';
    const source = new URL('./microphone.ts', import.meta.url).href;
    script.textContent = `import { openMicrophone } from '${source}'; openMicrophone().catch((error) => outcome(error));`;
    inner.document.body.append(script);
    const error = await outcome;
    expect([error.code, error.details]).to.deep.equal(['mic-denied', { by: 'page' }]);
    expect(error.message).to.contain('Permissions-Policy');
  });

  it('says on an insecure page that it needs https', async () => {
    replace(navigator, 'mediaDevices', undefined);
    expect((await rejection(openMicrophone())).code).to.equal('unsupported');
    replace(globalThis, 'isSecureContext', false);
    expect((await rejection(openMicrophone())).message).to.contain('https');
  });

  it('counts a stream without audio as no microphone', async () => {
    replace(navigator.mediaDevices, 'getUserMedia', () => Promise.resolve(new MediaStream()));
    expect((await rejection(openMicrophone())).code).to.equal('mic-missing');
  });

  it('stops a track that comes after the wait was given up', async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    let open: () => void = () => undefined;
    replace(navigator.mediaDevices, 'getUserMedia', () => new Promise((resolve) => (open = () => resolve(stream))));
    const ending = new AbortController();
    const outcome = openMicrophone({}, ending.signal).catch((reason: unknown) => reason);
    const reason = new Error('over');
    ending.abort(reason);
    expect(await outcome).to.equal(reason);
    open();
    await Promise.resolve();
    await Promise.resolve();
    expect(stream.getAudioTracks()[0]?.readyState).to.equal('ended');
  });

  it('asks for nothing when the wait is over before it begins', async () => {
    let asked = false;
    replace(navigator.mediaDevices, 'getUserMedia', () => (asked = true));
    const outcome = await openMicrophone({}, AbortSignal.abort('over')).catch((reason: unknown) => reason);
    expect([outcome, asked]).to.deep.equal(['over', false]);
  });
});

describe('microphonePermission', () => {
  afterEach(() => undo.splice(0).forEach((restore) => restore()));

  it('knows what the browser says', async () => {
    const permission = microphonePermission();
    expect(permission.state).to.equal('unknown');
    expect(await permission.known).to.equal((await navigator.permissions.query({ name: 'microphone' })).state);
    permission.dispose();
  });

  it('follows changes until it is disposed', async () => {
    const status = Object.assign(new EventTarget(), { state: 'prompt' });
    const become = (state: string): void => {
      status.state = state;
      status.dispatchEvent(new Event('change'));
    };
    replace(navigator.permissions, 'query', () => Promise.resolve(status));
    const permission = microphonePermission();
    const heard: MicrophonePermissionState[] = [];
    permission.watch((state) => heard.push(state));
    const silent = permission.watch(() => heard.push('unknown'));
    silent();
    await permission.known;
    become('granted');
    become('granted');
    permission.dispose();
    become('denied');
    expect(heard).to.deep.equal(['prompt', 'granted']);
    expect(permission.state).to.equal('granted');
  });

  it('is not granted while no microphone is there', async () => {
    const status = Object.assign(new EventTarget(), { state: 'granted' });
    replace(navigator.permissions, 'query', () => Promise.resolve(status));
    let found: { kind: string }[] = [{ kind: 'audiooutput' }];
    replace(navigator.mediaDevices, 'enumerateDevices', () => Promise.resolve(found));
    const permission = microphonePermission();
    expect(await permission.known).to.equal('unknown');
    found = [{ kind: 'audioinput' }];
    const plugged = new Promise((resolve) => permission.watch(resolve));
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    expect(await plugged).to.equal('granted');
    found = [];
    const pulled = new Promise((resolve) => permission.watch(resolve));
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    expect(await pulled).to.equal('unknown');
    permission.dispose();
  });

  it('takes a microphone to be there where the browser does not tell', async () => {
    const status = Object.assign(new EventTarget(), { state: 'granted' });
    replace(navigator.permissions, 'query', () => Promise.resolve(status));
    replace(navigator.mediaDevices, 'enumerateDevices', () => Promise.reject(new Error('not here')));
    const permission = microphonePermission();
    expect(await permission.known).to.equal('granted');
    permission.dispose();
  });

  for (const [what, query] of [
    ['does not know the name', () => Promise.reject(new TypeError('microphone'))],
    [
      'throws',
      () => {
        throw new TypeError('microphone');
      },
    ],
  ] as const) {
    it(`does not know where the browser ${what}`, async () => {
      replace(navigator.permissions, 'query', query);
      expect(await microphonePermission().known).to.equal('unknown');
    });
  }

  it('does not know where the browser has no permissions', async () => {
    replace(navigator, 'permissions', undefined);
    expect(await microphonePermission().known).to.equal('unknown');
  });
});
