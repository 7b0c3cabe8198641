import { expect } from '@open-wc/testing';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { focused } from '../../../packages/elements/src/testing/keys.ts';
import { answered, keyedPhone, type KeyedPhone } from './testing/keyed-phone.ts';
import { phone, server, until } from './testing/phones.ts';

const LOGIN = '[part="login"]';

/** Fills in the form, as whoever sits down at the desk. */
async function logIn(ann: KeyedPhone, password: string): Promise<void> {
  const fields = { '[autocomplete="username"]': 'ann', '[type="password"]': password };
  for (const [field, text] of Object.entries(fields)) {
    await ann.goTo(`${LOGIN} ${field}`);
    // What stands there is selected by whoever comes with Tab.
    (focused() as HTMLInputElement).select();
    await ann.type(text);
  }
  await ann.key('Enter');
}

describe(`a hot desk by keyboard alone on ${server.name}`, () => {
  it('[MV-48] takes nobody without the right password, is called once somebody has logged in, and not any more afterwards', async () => {
    const bob = phone('bob');
    await bob.start();
    const ann = await keyedPhone({ profile: 'hot-desk' }, {}, { signIn: 'log-in' });
    const state = (wanted: string) => until(ann.workspace.$phone, ({ line }) => line.state === wanted);
    await ann.press('[part="presence-toggle"]');
    await logIn(ann, 'not hers');
    await ann.shows(`${LOGIN} [role="alert"]`);
    await logIn(ann, 'ann');
    await state('registered');

    const coming = nextIncoming(bob);
    await ann.press('[part="presence-toggle"]');
    await ann.dial('1002');
    const theirs = await answered(coming);
    await ann.talks(0, theirs);
    await theirs.hangUp();
    await until(ann.workspace.$calls, (all) => all.every(({ phase }) => phase === 'ended'));

    await ann.press('[part="presence-toggle"]');
    await ann.press(`${LOGIN} button`);
    await state('off');
    expect((await lineSignals(await bob.dial('1001')).next('ended')).reason).not.to.equal('completed');
  });
});
