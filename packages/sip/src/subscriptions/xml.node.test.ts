import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readXml } from './xml.ts';

/** The longest message that gets past the transport's guard. */
const LONGEST = 256 * 1024;

describe('a document of the server', () => {
  it('is read with its elements, attributes and text', () => {
    const read = readXml(
      `<?xml version="1.0"?>\n<!-- calls -->\n<dialog-info state='full' version="7"><dialog id="a1"/>` +
        `<dialog id="b2"><state>confirmed</state></dialog></dialog-info>\n`,
    );
    assert.equal(read?.name, 'dialog-info');
    assert.deepEqual([...read.attributes], [['state', 'full'], ['version', '7']]); // prettier-ignore
    assert.deepEqual(
      read.children.map(({ name, attributes, text }) => [name, attributes.get('id'), text]),
      [
        ['dialog', 'a1', ''],
        ['dialog', 'b2', 'confirmed'],
      ],
    );
  });

  it('is the same whichever prefix its namespace has', () => {
    const read = readXml(
      '<di:dialog-info xmlns:di="urn:x"><di:dialog di:id="a"><di:state>early</di:state></di:dialog></di:dialog-info>',
    );
    assert.equal(read?.name, 'dialog-info');
    assert.equal(read.children[0]?.name, 'dialog');
    assert.equal(read.children[0].children[0]?.text, 'early');
  });

  it('has its five entities and its numbered characters, and no others', () => {
    assert.equal(readXml('<a b="&lt;&#65;">&amp;&gt;&quot;&apos;&#x1F600;</a>')?.text, '&>"\'😀');
    assert.equal(readXml('<a b="&lt;&#65;"/>')?.attributes.get('b'), '<A');
    assert.equal(readXml('<a>&nbsp;&#0;&#x110000;</a>')?.text, '&nbsp;&#0;&#x110000;');
  });

  it('cannot make entities of its own, of files or of themselves', () => {
    const laughs = '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;">]><a>&m;</a>';
    assert.equal(readXml(laughs), null);
    assert.equal(readXml('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), null);
  });

  it('is not read again after an entity: what it says stays text', () => {
    const read = readXml('<a>&lt;b/&gt;&amp;lt;</a>');
    assert.equal(read?.text, '<b/>&lt;');
    assert.deepEqual(read.children, []);
  });

  it('may quote whatever it likes', () => {
    assert.equal(readXml('<a><![CDATA[<b attr="&amp;"> & ]]]]><![CDATA[>]]></a>')?.text, '<b attr="&amp;"> & ]]>');
    assert.equal(readXml('<a><![CDATA[never closed</a>'), null);
  });

  for (const [what, document] of Object.entries({
    'nothing at all': '',
    'words alone': 'hello',
    'no end': '<a><b></b>',
    'an end too many': '<a></a></a>',
    'ends in the wrong order': '<a><b></a></b>',
    'another element’s end': '<a></b>',
    'two documents': '<a/><b/>',
    'words after it': '<a/>and more',
    'a comment that never ends': '<a><!-- </a>',
    'an attribute without a value': '<a b/>',
    'an attribute without quotes': '<a b=c/>',
    'a tag within an attribute': '<a b="<c/>"/>',
    'a tag that never closes': '<a b="c"',
    'no name': '<></>',
  })) {
    it(`is nothing where there is ${what}`, () => {
      assert.equal(readXml(document), null);
    });
  }

  it('keeps attributes and elements apart from what every object has', () => {
    const read = readXml('<a constructor="x" __proto__="y"><toString/></a>');
    assert.equal(read?.attributes.get('constructor'), 'x');
    assert.equal(read.attributes.get('hasOwnProperty'), undefined);
    assert.equal(read.children[0]?.name, 'toString');
    assert.equal(readXml('<a>&constructor;&toString;</a>')?.text, '&constructor;&toString;');
  });

  it('is read or refused at its longest, however deep, wide or broken', () => {
    const deep = LONGEST / '<a></a>'.length;
    assert.equal(readXml('<a>'.repeat(deep) + '</a>'.repeat(deep))?.name, 'a');
    assert.equal(readXml(`<a>${'<b/>'.repeat(LONGEST / 4)}</a>`)?.children.length, LONGEST / 4);
    assert.equal(readXml(`<a ${'b="c" '.repeat(LONGEST / 6)}/>`)?.attributes.size, 1);
    for (const broken of ['<a ', '<!--', '<![CDATA[', '&', '&#', '<a b="', '</', '<a b =', ' ']) {
      assert.equal(readXml(`<a>${broken.repeat(LONGEST / broken.length)}`), null, broken);
    }
  });
});
