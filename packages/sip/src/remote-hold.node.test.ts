import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { letsUsWait } from './remote-hold.ts';

const sdp = (audio: string, session = 'c=IN IP4 192.0.2.1\r\n'): string =>
  `v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\n${session}t=0 0\r\nm=audio 40000 UDP/TLS/RTP/SAVPF 111\r\n${audio}`;

describe('letsUsWait', () => {
  const cases: [what: string, text: string, waiting: boolean][] = [
    ['no direction at all', sdp(''), false],
    ['both ways', sdp('a=sendrecv\r\n'), false],
    ['it only listens', sdp('a=recvonly\r\n'), false],
    ['it only sends', sdp('a=sendonly\r\n'), true],
    ['nothing flows', sdp('a=inactive\r\n'), true],
    ['for the whole session', sdp('', 'a=sendonly\r\n'), true],
    ['the audio says otherwise than the session', sdp('a=sendrecv\r\n', 'a=sendonly\r\n'), false],
    ['the address of nowhere', sdp('', 'c=IN IP4 0.0.0.0\r\n'), true],
    ['the audio at the address of nowhere', sdp('c=IN IP4 0.0.0.0\r\n'), true],
    [
      'a browser that names its addresses as candidates',
      sdp('c=IN IP4 0.0.0.0\r\na=candidate:1 1 udp 1 x.local 9 typ host\r\n'),
      false,
    ],
    ['a browser that has no address yet', sdp('c=IN IP4 0.0.0.0\r\n').replace('audio 40000', 'audio 9'), false],
    ['another medium that rests', sdp('a=sendrecv\r\nm=video 0 RTP/AVP 96\r\na=inactive\r\n'), false],
    ['no audio', 'v=0\r\ns=-\r\na=inactive\r\n', false],
  ];
  for (const [what, text, waiting] of cases) it(what, () => assert.equal(letsUsWait(text), waiting));
});
