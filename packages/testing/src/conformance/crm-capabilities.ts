import type { LogResult } from '@multiline/core';
import { type CrmSuite, callOf, newKey } from './crm-case.ts';
import { expectCode, expectEqual, expectRejection, expectThat } from './expectation.ts';

const NOWHERE = 'Zzyzx Qqfoobar';

/** The cases of `search` and `read`. */
export function searchSuite({ test, offers }: CrmSuite): void {
  if (offers.has('search')) {
    for (const [title, text] of [
      ['a name', 'Lucy Hall'],
      ['a part of a name in small letters', 'luc'],
      ['the digits of a number', '4155550101'],
      ['a number as people write it', '(415) 555-0101'],
    ] as const) {
      test(`search finds by ${title}`, async ({ crm, people }) => {
        const found = (await crm.search?.(text)) ?? [];
        expectThat(
          found.some(({ id }) => id === people.lucy.id),
          `Lucy is not among ${JSON.stringify(found.map(({ name }) => name))}.`,
        );
      });
    }

    test('search answers no more than asked for', async ({ crm }) => {
      expectEqual((await crm.search?.('Joan Bearish', { limit: 1 }))?.length, 1, 'how many records');
    });

    test('search finds nobody for what nobody is called', async ({ crm }) => {
      expectEqual(await crm.search?.(NOWHERE), [], 'records');
    });

    test('search takes whatever a person types', async ({ crm }) => {
      for (const text of [
        '',
        ' ',
        'x',
        '*',
        '?*',
        "O'Hara",
        '"',
        '\\',
        '%',
        '{}()[]&|!^~:',
        'AND OR NOT',
        '👋',
        NOWHERE.repeat(30),
      ]) {
        const found = await crm.search?.(text);
        expectThat(Array.isArray(found), `Searching ${JSON.stringify(text)} answered no list.`);
      }
    });

    test('search rejects when its signal has aborted', async ({ crm }) => {
      await expectRejection(Promise.resolve(crm.search?.('Lucy', {}, AbortSignal.abort())), 'search');
    });
  }

  if (offers.has('read')) {
    test('read answers fields with labels, and a version', async ({ crm, people }) => {
      const details = await crm.read?.(people.lucy);
      expectEqual(details?.record.name, 'Lucy Hall', 'the name');
      expectThat(details && details.version !== '', 'There is no version.');
      expectThat(details.fields.length > 0, 'There are no fields.');
      for (const { name, label } of details.fields) {
        expectThat(name !== '' && label !== '', `A field has no name or no label: ${name}, ${label}`);
      }
    });

    test('read says not-found when the record was deleted', async ({ crm, people, removeRecord }) => {
      await removeRecord(people.larry);
      await expectCode(Promise.resolve(crm.read?.(people.larry)), 'not-found', 'read');
    });
  }
}

/** The cases of the other optional methods. */
export function capabilitiesSuite({ test, offers }: CrmSuite): void {
  if (offers.has('me')) {
    test('me names the user, with a zone and a locale the platform knows', async ({ crm }) => {
      const me = await crm.me?.();
      expectThat(me && me.name !== '' && me.ref.id !== '', 'The user has no name or no id.');
      const format = new Intl.DateTimeFormat(me.locale, { timeZone: me.timeZone });
      expectThat(format.format(0) !== '', 'The zone or the locale is not known.');
    });
  }

  if (offers.has('logActivities')) {
    const ok = (result: LogResult | undefined): boolean => result !== undefined && 'ok' in result;

    test('logActivities answers one result per entry, in order', async (subject) => {
      const { crm, people, countActivities } = subject;
      const keys = [newKey(), newKey(), newKey()];
      const entries = keys.map((key) => ({ key, activity: callOf(people.lucy) }));
      const results = (await crm.logActivities?.(entries)) ?? [];
      expectEqual(results.map(ok), [true, true, true], 'results');
      for (const key of keys) expectEqual(await countActivities(key), 1, 'activities');
    });

    test('logActivities writes the others when one is refused', async (subject) => {
      const { crm, people, countActivities } = subject;
      const keys = [newKey(), newKey(), newKey()] as const;
      await subject.removeRecord(people.larry);
      const results = await crm.logActivities?.([
        { key: keys[0], activity: callOf(people.lucy) },
        { key: keys[1], activity: callOf(people.larry) },
        { key: keys[2], activity: callOf(people.petra) },
      ]);
      expectEqual(results?.map(ok), [true, false, true], 'results');
      const refused = results?.[1];
      expectEqual(refused && 'error' in refused ? refused.error.code : undefined, 'not-found', 'the code');
      expectEqual(await Promise.all(keys.map((key) => countActivities(key))), [1, 0, 1], 'activities');
    });

    test('logActivities writes no second record of a key that is there', async (subject) => {
      const { crm, people, countActivities } = subject;
      const key = newKey();
      const { ref } = await crm.logActivity(key, callOf(people.lucy));
      const [result] = (await crm.logActivities?.([{ key, activity: callOf(people.lucy) }])) ?? [];
      expectEqual(result, { ok: { ref, created: false } }, 'the result');
      expectEqual(await countActivities(key), 1, 'activities');
    });

    test('logActivities takes no entries and 200', async (subject) => {
      const { crm, people } = subject;
      expectEqual(await crm.logActivities?.([]), [], 'results of no entries');
      const entries = Array.from({ length: 200 }, () => ({ key: newKey(), activity: callOf(people.lucy) }));
      const results = (await crm.logActivities?.(entries)) ?? [];
      expectEqual(results.filter(ok).length, 200, 'how many were written');
    });
  }

  if (offers.has('activities')) {
    test('activities lists the calls of a record, newest first', async (subject) => {
      const { crm, people } = subject;
      const day = 86_400_000;
      const startedAt = Date.UTC(2026, 2, 10, 18);
      const logged: string[] = [];
      for (const ago of [1, 0, 2]) {
        const call = callOf(people.xavier, {
          subject: `Call ${ago}`,
          startedAt: startedAt - ago * day,
          day: `2026-03-${10 - ago}`.replace(/-(\d)$/, '-0$1'),
        });
        logged.push((await crm.logActivity(newKey(), call)).ref.id);
      }
      const listed = (await crm.activities?.(people.xavier))?.filter(({ ref }) => logged.includes(ref.id));
      expectEqual(
        listed?.map(({ subject: words }) => words),
        ['Call 0', 'Call 1', 'Call 2'],
        'subjects',
      );
      expectEqual((await crm.activities?.(people.xavier, { limit: 2 }))?.length, 2, 'how many when two are asked for');
    });

    test('activities lists the user’s own', async ({ crm, people }) => {
      const { ref } = await crm.logActivity(newKey(), callOf(people.xavier));
      const listed = (await crm.activities?.('me', { limit: 200 })) ?? [];
      expectThat(
        listed.some((activity) => activity.ref.id === ref.id),
        'The call just logged is not among them.',
      );
    });
  }

  if (offers.has('url')) {
    test('url answers an absolute http(s) address, or null', async ({ crm, people }) => {
      const hostile = { kind: 'Contact', id: '"><script>//../../x?y#z javascript:' };
      for (const ref of [people.lucy, people.larry, people.petra, hostile]) {
        const url = crm.url?.(ref) ?? null;
        if (url === null) continue;
        expectThat(/^https?:$/.test(new URL(url).protocol), `Not http(s): ${url}`);
        expectThat(!/[<>"\s]/.test(url), `Not escaped: ${url}`);
      }
      expectThat(crm.url?.(people.lucy), 'A contact has no address.');
    });
  }

  if (offers.has('create')) {
    test('create refuses a kind that is not creatable', async ({ crm }) => {
      const write = Promise.resolve(crm.create?.('NoSuchKind', { Name: 'X', LastName: 'X' }));
      const error = await expectCode(write, 'refused', 'create');
      expectEqual(error.retryable, false, 'retryable');
    });

    test('create refuses a record without what it requires', async ({ crm, people }) => {
      await expectCode(Promise.resolve(crm.create?.(people.larry.kind, {})), 'refused', 'create');
    });
  }
}
