/** A line of JSON that is longer is none of ours. */
const LONGEST = 64 * 1024;

/** The lines of an answer (`application/x-ndjson`) as they come; the last need not end in one. */
export async function* lines(response: Response): AsyncGenerator<string> {
  if (!response.body) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const whole = rest.split('\n');
      rest = whole.pop() ?? '';
      yield* whole;
      if (rest.length > LONGEST) return;
      if (done) {
        if (rest !== '') yield rest;
        return;
      }
    }
  } finally {
    // Whoever has read enough lets go of the connection.
    reader.cancel().catch(() => undefined);
  }
}
