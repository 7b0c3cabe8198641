import { expect } from '@open-wc/testing';
import { readDialogInfo } from './dialog-info.ts';

const NS = 'urn:ietf:params:xml:ns:dialog-info';
const whole = (dialogs: string, attributes = 'version="3" state="full"'): string =>
  `<?xml version="1.0"?>\n<dialog-info xmlns="${NS}" ${attributes} entity="sip:ann@a">${dialogs}</dialog-info>`;

describe('readDialogInfo', () => {
  it('reads what RFC 4235 has in a document', () => {
    const document = readDialogInfo(
      whole(
        `<dialog id="d1" call-id="c1" local-tag="a" remote-tag="b" direction="recipient">
           <state event="remote-bye" code="200">terminated</state><duration>12</duration>
           <local><identity>sip:ann@a</identity></local>
           <remote><identity display="Lucy &lt;b&gt;Hall">sip:+14155550101@a;user=phone</identity><target uri="sip:x@y"/></remote>
         </dialog>
         <dialog id="d2"><state>early</state><remote><target uri="tel:+442079460105;phone-context=x"/></remote></dialog>`,
        'version="7" state="partial"',
      ),
    );
    expect(document).to.deep.equal({
      version: 7,
      state: 'partial',
      dialogs: [
        {
          id: 'd1',
          callId: 'c1',
          direction: 'recipient',
          state: 'terminated',
          event: 'remote-bye',
          code: 200,
          remote: { address: '+14155550101', name: 'Lucy <b>Hall' },
        },
        { id: 'd2', state: 'early', remote: { address: '+442079460105' } },
      ],
    });
  });

  it('leaves out dialogs that make no sense, and what it does not know', () => {
    const document = readDialogInfo(
      whole(`<dialog><state>early</state></dialog><dialog id="x"/><dialog id="y"><state>dancing</state></dialog>
        <other/><dialog id="z" direction="sideways"><state code="7">confirmed</state><remote><identity>???</identity></remote></dialog>`),
    );
    expect(document?.dialogs).to.deep.equal([{ id: 'z', state: 'confirmed' }]);
  });

  it('takes nothing that is none, has entities, or is too long', () => {
    const bomb = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${whole('&b;')}`;
    for (const text of [
      '',
      'garbage',
      '<a/>',
      '<dialog-info',
      whole('<dialog>'),
      whole('', 'state="full"'),
      whole('', 'version="-1"'),
      whole('', 'version="1.5"'),
      bomb,
      whole(' '.repeat(70_000)),
    ]) {
      expect(readDialogInfo(text), text.slice(0, 60)).to.equal(null);
    }
    const many = readDialogInfo(whole('<dialog id="a"><state>early</state></dialog>'.repeat(1_000)));
    expect(many?.dialogs).to.have.length(100);
  });
});
