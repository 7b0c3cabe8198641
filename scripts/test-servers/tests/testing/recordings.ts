import { executeServerCommand } from '@web/test-runner-commands';

const names = (): Promise<readonly string[]> => executeServerCommand('servers:recordings');

/** What the server will have recorded from now on: the sound files of the first recording, one for each speaker where it has not mixed them. */
export async function recordingsMade(): Promise<() => Promise<readonly ArrayBuffer[]>> {
  const before = await names();
  return async () => {
    const [made] = (await names()).filter((name) => !before.includes(name));
    const files = await executeServerCommand<readonly (readonly number[])[], string>('servers:recording', made);
    return files.map((bytes) => new Uint8Array(bytes).buffer);
  };
}

/** The recording at this address as soon as the server has closed it: only then does the head of a WAV say how long it is. */
export async function wholeRecording(address: string): Promise<ArrayBuffer> {
  const [HEAD, LENGTH_AT] = [44, 40];
  for (;;) {
    const bytes = await (await fetch(address)).arrayBuffer();
    const length = bytes.byteLength < HEAD ? 0 : new DataView(bytes).getUint32(LENGTH_AT, true);
    if (length > 0 && length === bytes.byteLength - HEAD) return bytes;
  }
}

/** What a recording's samples say, in tenths of a second: true where something was heard. */
export async function heardIn(recording: ArrayBuffer): Promise<readonly boolean[]> {
  const audio = await new OfflineAudioContext(1, 1, 8_000).decodeAudioData(recording);
  const samples = audio.getChannelData(0);
  const tenth = audio.sampleRate / 10;
  return Array.from({ length: Math.floor(samples.length / tenth) }, (_none, index) =>
    samples.subarray(index * tenth, (index + 1) * tenth).some((sample) => Math.abs(sample) > 0.01),
  );
}
