/** A browser counts and sets `content-length` itself; `fetch` in Node does too. */
export function getBodySize() {
  return undefined;
}
