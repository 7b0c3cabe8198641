/**
 * Whole packages behind the elements, by the name they are loaded by: `const { sipLine } = await MultiLine.load('sip')`.
 * For pages that make their workspace themselves.
 */
const engines = {
  browser: () => import('@multiline/browser'),
  salesforce: () => import('@multiline/salesforce'),
  sip: () => import('@multiline/sip'),
};

/** Loads one of the packages above. */
export async function loadEngine(name: string): Promise<object> {
  if (!Object.hasOwn(engines, name)) {
    throw new RangeError(`MultiLine has no "${name}" to load; there are ${Object.keys(engines).join(', ')}.`);
  }
  return engines[name as keyof typeof engines]();
}
