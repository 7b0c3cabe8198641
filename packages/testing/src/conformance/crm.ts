import { CAPABILITIES, type CrmConformanceOptions, type CrmSuite } from './crm-case.ts';
import { capabilitiesSuite, searchSuite } from './crm-capabilities.ts';
import { identifySuite } from './crm-identify.ts';
import { logActivitySuite, notesSuite } from './crm-log-activity.ts';
import { expectEqual, expectThat } from './expectation.ts';

/**
 * What every CRM adapter must hold to, as cases of your test framework. Each case gets a CRM with the seed people.
 *
 * ```ts
 * describe('my adapter', () => crmConformance({ it, make: async () => ({ crm, people, countActivities, … }) }));
 * ```
 */
export function crmConformance({ it, make, offers = CAPABILITIES, controls = [] }: CrmConformanceOptions): void {
  const suite: CrmSuite = {
    offers: new Set(offers),
    controls: new Set(controls),
    test: (title, run) =>
      void it(title, async () => {
        const subject = await make();
        try {
          await run(subject);
        } finally {
          await subject.stop?.();
        }
      }),
  };

  suite.test('declares its kinds with name, label and icon, each once', async ({ crm }) => {
    const icons = ['person', 'lead', 'account', 'colleague', 'case', 'other'];
    expectThat(crm.name !== '', 'The adapter has no name.');
    expectThat(crm.kinds.length > 0, 'There are no kinds.');
    for (const { name, label, icon } of crm.kinds) {
      expectThat(name !== '' && label !== '', `A kind has no name or no label: ${name}, ${label}`);
      expectThat(icons.includes(icon), `The icon of ${name} is not known: ${icon}`);
    }
    expectEqual(new Set(crm.kinds.map(({ name }) => name)).size, crm.kinds.length, 'how many names differ');
  });

  suite.test(
    'declares the kinds of the seed people, and that calls may be logged under them',
    async ({ crm, people }) => {
      for (const { kind } of [people.lucy, people.larry, people.petra]) {
        expectEqual(crm.kinds.find(({ name }) => name === kind)?.loggable, true, `loggable of ${kind}`);
      }
    },
  );

  suite.test('offers what it says and nothing else', async ({ crm }) => {
    for (const capability of CAPABILITIES) {
      expectEqual(typeof crm[capability], suite.offers.has(capability) ? 'function' : 'undefined', capability);
    }
  });

  identifySuite(suite);
  logActivitySuite(suite);
  notesSuite(suite);
  searchSuite(suite);
  capabilitiesSuite(suite);
}
