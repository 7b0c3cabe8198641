import type { Tabs } from '@multiline/core';
import { type It, expectEqual, expectSoon, expectThat } from './expectation.ts';

/** One browser whose tabs are under test. */
export interface TabsUnderTest {
  /** Another tab, not yet joined. */
  another(): Promise<Tabs> | Tabs;
  /** An owner nobody has used before. */
  owner(): string;
  /** The tab is gone at once, as by a crash. */
  kill(tab: Tabs): Promise<void> | void;
  stop?(): Promise<void> | void;
}

export interface TabsConformanceOptions {
  readonly it: It;
  readonly make: () => Promise<TabsUnderTest> | TabsUnderTest;
}

/** Resolves once the tab leads. */
function leading(tab: Tabs): Promise<void> {
  const leads = new Promise<void>((resolve) => {
    const stop = tab.$leading.subscribe((now) => {
      if (!now) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
  return expectSoon(leads, 'the tab takes the lead');
}

/** What a tab hears, until so many messages have come. */
function heard(tab: Tabs, count: number): Promise<[unknown, string][]> {
  const all = new Promise<[unknown, string][]>((resolve) => {
    const messages: [unknown, string][] = [];
    const stop = tab.listen((message, from) => {
      messages.push([message, from]);
      if (messages.length < count) return;
      stop();
      resolve(messages);
    });
  });
  return expectSoon(all, `the tab hears ${count} messages`);
}

/** What every implementation of tabs must hold to, as cases of your test framework. */
export function tabsConformance({ it, make }: TabsConformanceOptions): void {
  interface Stage {
    readonly browser: TabsUnderTest;
    readonly owner: string;
    /** Another tab that has joined under this owner. */
    joined(owner?: string): Promise<Tabs>;
    /** The tab dies: it cannot leave any more. */
    kill(tab: Tabs): Promise<void>;
  }

  function test(title: string, run: (stage: Stage) => Promise<void>): void {
    it(title, async () => {
      const browser = await make();
      const owner = browser.owner();
      const tabs = new Set<Tabs>();
      const joined = async (name = owner): Promise<Tabs> => {
        const tab = await browser.another();
        tabs.add(tab);
        await tab.join(name);
        return tab;
      };
      const kill = async (tab: Tabs): Promise<void> => {
        tabs.delete(tab);
        await browser.kill(tab);
      };
      try {
        await run({ browser, owner, joined, kill });
      } finally {
        await Promise.all([...tabs].map((tab) => tab.leave()));
        await browser.stop?.();
      }
    });
  }

  test('lets the first tab lead, and knows it when joined', async ({ joined }) => {
    const first = await joined();
    expectEqual(first.$leading.get(), true, 'whether the first leads');
    expectEqual((await joined()).$leading.get(), false, 'whether the second leads');
  });

  test('does not lead before it has joined', async ({ browser }) => {
    expectEqual((await browser.another()).$leading.get(), false, 'whether it leads');
  });

  test('lets exactly one of five lead', async ({ joined }) => {
    const tabs = await Promise.all([1, 2, 3, 4, 5].map(() => joined()));
    expectEqual(tabs.filter((tab) => tab.$leading.get()).length, 1, 'how many lead');
  });

  test('gives every tab an id of its own', async ({ joined }) => {
    const ids = [await joined(), await joined(), await joined()].map(({ id }) => id);
    expectEqual(new Set(ids).size, 3, 'how many ids');
  });

  test('passes the lead on when the leader leaves', async ({ joined }) => {
    const first = await joined();
    const second = await joined();
    await first.leave();
    expectEqual(first.$leading.get(), false, 'whether the first leads');
    await leading(second);
  });

  test('passes the lead on when the leader dies', async ({ joined, kill }) => {
    const first = await joined();
    const second = await joined();
    await kill(first);
    await leading(second);
  });

  test('keeps the lead when another tab goes', async ({ joined, kill }) => {
    const first = await joined();
    await (await joined()).leave();
    await kill(await joined());
    await joined();
    expectEqual(first.$leading.get(), true, 'whether the first leads');
  });

  test('stands for election again after leaving', async ({ owner, joined }) => {
    const first = await joined();
    const second = await joined();
    await first.leave();
    await leading(second);
    await first.join(owner);
    expectEqual(first.$leading.get(), false, 'whether it leads');
    await second.leave();
    await leading(first);
  });

  test('keeps owners apart: each has a leader and hears its own', async ({ browser, joined }) => {
    const stranger = await joined(browser.owner());
    const first = await joined();
    const second = await joined();
    expectThat(stranger.$leading.get() && first.$leading.get(), 'One of two owners has no leader.');
    const messages = heard(first, 1);
    stranger.publish('from a stranger');
    second.publish('from the second');
    expectEqual(await messages, [['from the second', second.id]], 'messages');
  });

  test('publishes to every other tab, in order, and says from whom', async ({ joined }) => {
    const [first, second, third] = [await joined(), await joined(), await joined()];
    const hearing = [heard(second, 2), heard(third, 2)];
    first.publish({ text: 'one' });
    first.publish({ text: 'two' });
    for (const messages of await Promise.all(hearing)) {
      expectEqual(
        messages,
        [
          [{ text: 'one' }, first.id],
          [{ text: 'two' }, first.id],
        ],
        'messages',
      );
    }
  });

  test('does not hear itself', async ({ joined }) => {
    const [first, second] = [await joined(), await joined()];
    const messages = heard(first, 1);
    first.publish('from the first');
    second.publish('from the second');
    expectEqual(await messages, [['from the second', second.id]], 'messages');
  });

  test('hands out copies, taken when published', async ({ joined }) => {
    const [first, second] = [await joined(), await joined()];
    const message = { text: 'as published' };
    const messages = heard(second, 1);
    first.publish(message);
    message.text = 'changed';
    expectEqual((await messages)[0]?.[0], { text: 'as published' }, 'the message');
  });

  test('stops telling who has stopped listening', async ({ joined }) => {
    const [first, second] = [await joined(), await joined()];
    const seen: unknown[] = [];
    second.listen((message) => seen.push(message))();
    const messages = heard(second, 1);
    first.publish('only to the other listener');
    await messages;
    expectEqual(seen, [], 'what the stopped listener heard');
  });

  test('hears nothing and says nothing after leaving', async ({ joined }) => {
    const [first, second, third] = [await joined(), await joined(), await joined()];
    const seen: unknown[] = [];
    third.listen((message) => seen.push(message));
    await third.leave();
    const messages = heard(second, 1);
    third.publish('from one who left');
    first.publish('from the first');
    expectEqual(await messages, [['from the first', first.id]], 'messages');
    expectEqual(seen, [], 'what the one who left heard');
  });

  test('takes leaving twice and leaving before joining', async ({ browser, joined }) => {
    await (await browser.another()).leave();
    const tab = await joined();
    await tab.leave();
    await tab.leave();
    expectEqual(tab.$leading.get(), false, 'whether it leads');
  });
}
