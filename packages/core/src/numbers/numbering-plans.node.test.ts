import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import metadata from 'libphonenumber-js/min/metadata';
import { allPlans, extensionDigitsOf, internationalPrefixOf, planOfDigits, planOfRegion } from './numbering-plans.ts';

const known = metadata.country_calling_codes as unknown as Record<string, string[]>;
const countries = metadata.countries as unknown as Record<string, [string, string, string, number[], unknown, string?]>;

describe('the table of numbering plans', () => {
  it('has every calling code, with its regions in order', () => {
    for (const [code, regions] of Object.entries(known)) {
      assert.deepEqual(planOfDigits(`${code}123456789`)?.regions, regions, code);
      for (const region of regions) assert.equal(planOfRegion(region)?.callingCode, code, region);
    }
    const worldwide = Object.keys(metadata.nonGeographic);
    assert.equal(allPlans().length, Object.keys(known).length + worldwide.length);
    for (const code of worldwide) assert.deepEqual(planOfDigits(code)?.regions, [], code);
  });

  it('knows the trunk prefix of every country that dials one', () => {
    // Three countries have one on paper and numbers without it in everyday use.
    const withoutInUse = new Set(['591', '252', '976']);
    for (const plan of allPlans()) {
      const trunk = countries[plan.regions[0] ?? '']?.[5] || '';
      assert.equal(plan.trunk, withoutInUse.has(plan.callingCode) ? '' : trunk, plan.callingCode);
    }
  });

  it('allows no length that the plan does not have, within fifteen digits', () => {
    for (const plan of allPlans()) {
      assert.ok(plan.lengths.length > 0, plan.callingCode);
      assert.deepEqual(
        plan.lengths,
        plan.lengths.toSorted((a, b) => a - b),
      );
      const possible = new Set(plan.regions.flatMap((region) => countries[region]?.[3] ?? []));
      for (const length of plan.lengths) {
        assert.ok(length + plan.callingCode.length <= 15, `${plan.callingCode}: ${length}`);
        if (plan.regions.length) assert.ok(possible.has(length), `${plan.callingCode}: ${length}`);
      }
    }
  });

  it('matches regions in any case and knows no others', () => {
    assert.equal(planOfRegion('gb')?.callingCode, '44');
    assert.equal(planOfRegion('ZZ'), undefined);
    assert.equal(planOfRegion(''), undefined);
    assert.equal(planOfDigits('999'), undefined);
    assert.equal(planOfDigits(''), undefined);
  });

  it('knows how to dial abroad, and how long an extension can be', () => {
    assert.equal(internationalPrefixOf('US'), '011');
    assert.equal(internationalPrefixOf('DE'), '00');
    assert.equal(internationalPrefixOf('au'), '0011');
    assert.equal(extensionDigitsOf(planOfRegion('US')), 6);
    assert.equal(extensionDigitsOf(planOfRegion('FO')), 5);
    assert.equal(extensionDigitsOf(undefined), 6);
  });
});
