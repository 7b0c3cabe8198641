/** Tells every listener. What one of them throws is the page's to hear of, and no reason for SIP.js to stumble. */
export function tell<Value>(listeners: Iterable<(value: Value) => void>, value: Value): void {
  for (const listener of [...listeners]) {
    try {
      listener(value);
    } catch (error) {
      reportError(error);
    }
  }
}
