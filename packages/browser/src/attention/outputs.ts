/**
 * The ids of the outputs with these labels, of every one for `all`; none where the browser hides them or has none of them.
 * What stands for another one (`default`, `communications`) rings once, by its own name.
 */
export async function outputIds(media: MediaDevices | undefined, labels: readonly string[] | 'all'): Promise<string[]> {
  const devices = (await media?.enumerateDevices()) ?? [];
  const outputs = devices.filter(
    ({ kind, deviceId }) => kind === 'audiooutput' && !['', 'default', 'communications'].includes(deviceId),
  );
  return outputs.filter(({ label }) => labels === 'all' || labels.includes(label)).map(({ deviceId }) => deviceId);
}
