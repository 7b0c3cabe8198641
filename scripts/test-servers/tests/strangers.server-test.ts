import { expect } from '@open-wc/testing';
import { server } from './testing/phones.ts';

/** What a stranger without an account gets for a request that looks as if it stood in a call. */
async function answerTo(uri: string): Promise<string> {
  const socket = new WebSocket(server.url, 'sip');
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  const answer = new Promise<string>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      const [first = ''] = String(data).split('\r\n');
      if (!first.startsWith('SIP/2.0 1')) resolve(first);
    });
  });
  const { host } = new URL(server.url);
  const lines = [
    `INFO ${uri} SIP/2.0`,
    'Via: SIP/2.0/WS stranger.invalid;branch=z9hG4bKstranger',
    'Max-Forwards: 70',
    `Route: <sip:${host};transport=ws;lr>`,
    'From: <sip:stranger@servers.test>;tag=a',
    'To: <sip:ann@servers.test>;tag=b',
    `Call-ID: ${crypto.randomUUID()}`,
    'CSeq: 1 INFO',
    'Contact: <sip:stranger@stranger.invalid;transport=ws>',
    'Content-Length: 0',
  ];
  socket.send(`${lines.join('\r\n')}\r\n\r\n`);
  const first = await answer;
  socket.close();
  return first;
}

// What goes from phone to phone is relayed by an address in the request itself. Asterisk relays nothing.
if (server.relay === true) {
  describe(`a stranger at ${server.name}`, () => {
    it('reaches nobody but phones through it, whatever address a request brings', async () => {
      const aliases = ['127.0.0.1~9~1', '127.0.0.1~9~2', '127.0.0.1~9~5'].map((alias) => `;alias=${alias}`);
      for (const address of ['127.0.0.1:9', ...aliases.map((alias) => `nobody.invalid${alias}`)]) {
        expect(await answerTo(`sip:x@${address}`), address).to.equal('SIP/2.0 480 Not Here');
      }
    });
  });
}
