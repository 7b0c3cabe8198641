import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Grammar, URI } from 'sip.js';
import { addressText, headerLines, plainText, quotable, remoteParty, targetUri } from './headers.ts';

const domain = new URI('sip', 'ann', 'example.com', 5080);

describe('targetUri', () => {
  const good: readonly (readonly [target: string, uri: string])[] = [
    ['+14155550101', 'sip:+14155550101@example.com:5080'],
    [' 1002 ', 'sip:1002@example.com:5080'],
    ['(415) 555-0101', 'sip:4155550101@example.com:5080'],
    ['tel:+1-415-555-0101;phone-context=x', 'sip:+14155550101@example.com:5080'],
    ['*97#', 'sip:*97%23@example.com:5080'],
    ['sip:bob@other.org', 'sip:bob@other.org'],
    ['sip:bob@other.org;transport=ws?Route=%3Csip:evil.test%3E&Subject=x', 'sip:bob@other.org;transport=ws'],
    ['sip:bob@other.org;method=BYE', 'sip:bob@other.org'],
    ['carol', 'sip:carol@example.com:5080'],
  ];
  for (const [target, uri] of good) {
    it(`leads ${target} to ${uri}`, () => {
      assert.equal(targetUri(target, domain).toString(), uri);
    });
  }

  for (const target of [
    '',
    ' ',
    'sip:',
    'a b',
    'x@y',
    '<b>',
    'javascript:alert(1)',
    '+'.repeat(5),
    '9'.repeat(65),
    'ä',
  ]) {
    it(`refuses ${JSON.stringify(target.slice(0, 20))}`, () => {
      assert.throws(() => targetUri(target, domain), { code: 'invalid-number' });
    });
  }
});

describe('remoteParty', () => {
  const party = (header: string) => {
    const parsed = Grammar.nameAddrHeaderParse(header);
    assert.ok(parsed);
    return remoteParty(parsed);
  };

  it('gives number and name', () => {
    assert.deepEqual(party('"Lucy Hall" <sip:+14155550101@example.com>;tag=1'), {
      address: '+14155550101',
      name: 'Lucy Hall',
    });
  });

  it('takes the escapes out of a quoted name (RFC 3261 §25.1)', () => {
    const { name } = party('"Lucy \\"Lu\\" Hall \\\\ Acme" <sip:+14155550101@sandbox.test>');
    assert.equal(name, 'Lucy "Lu" Hall \\ Acme');
  });

  it('gives no name where it is the number again', () => {
    assert.deepEqual(party('"1002" <sip:1002@example.com>'), { address: '1002' });
  });

  it('gives the host of an address without a user', () => {
    assert.deepEqual(party('<sip:anonymous.invalid>'), { address: 'anonymous.invalid' });
  });

  it('leaves percent signs alone that encode no UTF-8', () => {
    assert.equal(addressText(new URI('sip', '%FF%FE', 'example.com')), '%FF%FE');
    assert.equal(addressText(new URI('sip', '%C3%A4nn', 'example.com')), 'änn');
  });
});

describe('quotable', () => {
  it('lets no name of our own out of its quotes or its line', () => {
    const name = 'Ann "Annie" O\\Neil" <sip:boss@example.com>\r\nX-Evil: 1';
    const header = `"${quotable(name)}" <sip:ann@example.com>`;
    assert.doesNotMatch(header, /[\r\n]/);
    const parsed = Grammar.nameAddrHeaderParse(header);
    assert.ok(parsed);
    assert.deepEqual(
      [parsed.uri.toString(), remoteParty(parsed).name],
      ['sip:ann@example.com', name.replace(/\r\n/, '  ')],
    );
  });
});

describe('plainText', () => {
  it('drops what controls a terminal or the direction of writing', () => {
    assert.equal(plainText('\u202eevil\u0007\u200f'), 'evil');
  });

  it('cuts what is too long to be shown', () => {
    assert.equal(plainText('x'.repeat(33_000)).length, 256);
  });
});

describe('headerLines', () => {
  it('lets no value out of its line and no odd name in', () => {
    assert.deepEqual(headerLines({ 'X-Call': 'a\r\nVia: evil', 'bad name': 'x' }), ['X-Call: a Via: evil']);
  });
});
