import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { withoutWords } from '../rollup/slim.mjs';

type Parse = (text: string, options: { startRule: string; data?: unknown }) => unknown;

const sip = createRequire(new URL('../../sip/package.json', import.meta.url));
const GRAMMAR = new URL('grammar/pegjs/dist/grammar.js', pathToFileURL(sip.resolve('sip.js')));

const URIS = [
  'sip:ann@desk.test',
  'sips:a%20b:c@[2001:db8::1]:5061;lr;x=y?subject=1',
  'sip:@',
  'tel:112',
  'sip:a@-b',
  '',
];
const ADDRESSES = [
  ...URIS.map((uri) => `<${uri}>;tag=1`),
  '"A \\"B\\"" <sip:a@b.test> ; x = "y;z"',
  'Ann B <sip:a@b.test>',
  '"A',
];

const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  SIP_URI: URIS,
  Name_Addr_Header: ADDRESSES,
  From: ADDRESSES,
  Contact: [...ADDRESSES, ADDRESSES.slice(0, 2).join(', '), '<sip:a@b.test>;q=0.5;expires=60', '*'],
  Record_Route: ['<sip:a.test;lr>, <sip:b.test;lr>', '<sip:a.test'],
  Via: [
    'SIP/2.0/WSS a.test;branch=z9hG4bK1;rport;received=192.0.2.1',
    'SIP/2.0',
    'SIP / 2.0 / WS a.test:5060 ;branch=1',
  ],
  Request_Response: ['INVITE sip:a@b.test SIP/2.0', 'SIP/2.0 486 Busy Here', 'INVITE', 'SIP/2.0 x'],
  CSeq: ['1 INVITE', 'INVITE 1'],
  WWW_Authenticate: [
    'Digest realm="a", nonce="b", qop="auth,auth-int", algorithm=MD5, stale=TRUE',
    'Digest realm',
    'Basic x',
  ],
  Refer_To: ['<sip:a@b.test?Replaces=1%3Bto-tag%3D2%3Bfrom-tag%3D3>', '<'],
  Replaces: ['1@a.test;to-tag=2;from-tag=3;early-only', '1@a.test;to-tag=2'],
  Subscription_State: ['active;expires=60', 'terminated;reason=timeout', ''],
};

describe("SIP.js's grammar in the drop-in", () => {
  it('reads and refuses as all of it does', async () => {
    const code = await readFile(GRAMMAR, 'utf8');
    const wordless = withoutWords(code);
    assert.ok(wordless.length < code.length * 0.9);
    const located = wordless.replace(/from "(\.[^"]+)"/g, (_, path: string) => `from "${new URL(path, GRAMMAR).href}"`);
    const full = (await import(GRAMMAR.href)) as { parse: Parse };
    const slim = (await import(`data:text/javascript,${encodeURIComponent(located)}`)) as { parse: Parse };
    for (const [startRule, texts] of Object.entries(SAMPLES)) {
      for (const text of texts)
        assert.deepEqual(read(slim.parse, startRule, text), read(full.parse, startRule, text), text);
    }
  });
});

/** As SIP.js asks it. */
function read(parse: Parse, startRule: string, text: string): unknown {
  const options: { startRule: string; data?: unknown } = { startRule };
  try {
    parse(text, options);
    return options.data;
  } catch {
    return -1;
  }
}
