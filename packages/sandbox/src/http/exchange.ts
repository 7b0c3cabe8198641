import type { IncomingMessage, ServerResponse } from 'node:http';

/** Larger than any request the org accepts; a body beyond it is a mistake worth stopping early. */
const LARGEST_BODY = 50 * 1024 * 1024;

/** The whole body of a request as text. Rejects when the caller hangs up or sends more than 50 MB. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new Error('request body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers with `body` as JSON, or with nothing where there is none. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = Buffer.from(JSON.stringify(body));
  response
    .writeHead(status, {
      'Content-Type': 'application/json;charset=UTF-8',
      'Content-Length': String(text.length),
      ...headers,
    })
    .end(response.req.method === 'HEAD' ? undefined : text);
}
