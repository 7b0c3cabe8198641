/** What a page is asked for takes longer only when it has been lost: then it is said which. */
const PATIENCE_MS = 60_000;

/**
 * Asks for a method of what a page offers (`desk`, `phone`). The page holds on to the promise until it settles: one that nobody
 * settles any more would else be collected, and the browser would say no more than that.
 *
 * @param what e.g. `desk.answer`
 */
export async function ask(page, what, ...args) {
  const [offered, method] = what.split('.');
  const asked = page.evaluate(
    ({ offered, method, args }) => {
      const held = (globalThis.held ??= new Set());
      const promise = Promise.resolve(globalThis[offered][method](...args));
      held.add(promise);
      return promise.finally(() => held.delete(promise));
    },
    { offered, method, args },
  );
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} was not done within ${PATIENCE_MS / 1000} s.`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
