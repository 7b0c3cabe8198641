import { expect } from '@open-wc/testing';
import type { VoicemailMessage } from '@multiline/core';
import { focused } from '../../../packages/elements/src/testing/keys.ts';
import { keyedPhone, service } from './testing/keyed-phone.ts';
import { depositMessage } from './testing/mailbox.ts';
import { registered, server } from './testing/phones.ts';

if (service) {
  const { voicemail } = service;
  describe(`a mailbox by keyboard alone on ${server.name}`, () => {
    const becomes = async (so: (all: readonly VoicemailMessage[]) => boolean): Promise<void> => {
      while (!so(await voicemail.list())) await new Promise((resolve) => requestAnimationFrame(resolve));
    };

    it('plays a message, which is heard then, marks it as new, and deletes it', async () => {
      const [bob] = await registered('bob');
      for (const { id } of await voicemail.list()) await voicemail.remove?.(id);
      await depositMessage(bob, '1001');
      const ann = await keyedPhone();
      await ann.beside('ml-voicemail');
      await ann.press('.fresh .play');
      await ann.goTo('[part="player"] [type="range"]:enabled');
      const position = focused() as HTMLInputElement;
      while (Number(position.value) < 500) await new Promise((resolve) => requestAnimationFrame(resolve));
      expect(Number(position.max)).to.be.greaterThan(1_000);
      await becomes(([message]) => message?.heard === true);
      await ann.press('.mark');
      await becomes(([message]) => message?.heard === false);
      await ann.press('.delete');
      await ann.press('.sure .button');
      await becomes((all) => all.length === 0);
    });
  });
}
