import { expect } from '@open-wc/testing';
import { stillCall } from '../testing/still-calls.ts';
import { partyOf } from './party.ts';

describe('the name of a party without a record', () => {
  const { match } = stillCall();
  const nameOf = (displayName: string, number = '+14155550199'): string =>
    partyOf(stillCall({ displayName, number, match: { ...match, state: 'unknown', record: null } }), null).name;

  it('is what the wire says', () => {
    expect(nameOf('WIRELESS CALLER')).to.equal('WIRELESS CALLER');
    expect(nameOf('محمد')).to.equal('محمد');
  });

  it('is none where the wire says a number for it: the number would stand there twice', () => {
    for (const written of ['+14155550199', '(415) 555-0199', '1001', '']) expect(nameOf(written)).to.equal('');
  });

  it('is a number where nothing else is known', () => {
    expect(nameOf('(415) 555-0199', '')).to.equal('(415) 555-0199');
  });
});
