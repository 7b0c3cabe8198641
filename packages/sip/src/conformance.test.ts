import { executeServerCommand } from '@web/test-runner-commands';
import { lineConformance, wire } from '@multiline/testing';
import { sipAccount, sipLine } from './index.ts';

describe('sipLine on the wire', () => {
  lineConformance({
    it,
    make() {
      const { transport } = wire({ password: (user) => user });
      const phone = (user: string) =>
        sipLine(
          sipAccount({
            servers: ['ws://wire.test'],
            uri: `sip:${user}@wire.test`,
            credentials: () => ({ password: user }),
            transport,
          }),
        );
      return {
        line: phone('ann'),
        number: 'ann',
        other: phone('bob'),
        otherNumber: 'bob',
        third: phone('carol'),
        thirdNumber: 'carol',
        absentNumber: '+14155550999',
      };
    },
  });
});

describe('sipLine on the sandbox', () => {
  lineConformance({
    it,
    async make() {
      const { id, url } = await executeServerCommand<{ id: string; url: string }, undefined>('sandbox:start');
      const server = `${url.replace('http', 'ws')}sip`;
      const phone = (user: string) =>
        sipLine(
          sipAccount({ servers: [server], uri: `sip:${user}@sandbox.test`, credentials: () => ({ password: user }) }),
        );
      return {
        line: phone('ann'),
        number: '1001',
        other: phone('bob'),
        otherNumber: '1002',
        third: phone('carol'),
        thirdNumber: '1003',
        absentNumber: '9999',
        stop: async () => {
          await executeServerCommand('sandbox:stop', id);
        },
      };
    },
  });
});
