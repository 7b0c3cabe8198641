/** What no ICE agent has. */
const NOBODY = { ufrag: 'nobody', pwd: 'nobodynobodynobodynobody' };

/**
 * Ahead of an ICE restart: the browser forgets the credentials by which the other side lets itself be asked for a way (RFC 8445
 * §7.1.1). The way in use stays.
 *
 * Else it asks from its new addresses at once, by the credentials of before. Where the other side answers before it has heard of
 * the restart, and keeps its port (Asterisk, RTPengine), Chromium 156 selects that way and holds on to it for good: it makes no
 * connection in the place of the selected one, although both sides refuse one another's checks from then on (401), and nobody
 * is heard any more.
 */
export async function forgetCredentials(connection: RTCPeerConnection): Promise<void> {
  const { currentLocalDescription: ours, currentRemoteDescription: theirs } = connection;
  // Forgotten already where the other side has refused the last restart.
  if (!ours || !theirs || theirs.sdp.includes(NOBODY.pwd)) return;
  const role = /^a=setup:active/m.test(ours.sdp) ? 'passive' : 'active';
  const sdp = theirs.sdp
    .replace(/^(a=ice-ufrag:).+$/gm, `$1${NOBODY.ufrag}`)
    .replace(/^(a=ice-pwd:).+$/gm, `$1${NOBODY.pwd}`)
    .replace(/^(a=setup:)actpass$/gm, `$1${role}`);
  const both = [connection.setLocalDescription(), connection.setRemoteDescription({ type: 'answer', sdp })];
  // Whoever does not take it, because an offer of the other side has come in between, goes on without.
  await Promise.allSettled(both);
}
