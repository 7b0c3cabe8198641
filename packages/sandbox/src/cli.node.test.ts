import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startSandbox } from './http/sandbox.ts';

function run(port: string) {
  const child = spawn(
    process.execPath,
    [...process.execArgv.filter((flag) => flag !== '--test'), fileURLToPath(new URL('./cli.ts', import.meta.url))],
    {
      env: { ...process.env, PORT: port, NODE_TEST_CONTEXT: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return {
    child,
    out: createInterface({ input: child.stdout }),
    exit: once(child, 'exit') as Promise<[number | null]>,
  };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text;
}

describe('the sandbox from the command line', () => {
  it('prints one ready line, serves, and stops on Ctrl-C', async () => {
    const { child, out, exit } = run('0');
    const lines: string[] = [];
    out.on('line', (line) => lines.push(line));
    await once(out, 'line');
    const url = /^MultiLine sandbox ready: (http:\/\/localhost:\d+\/)$/.exec(lines[0] ?? '')?.[1];
    assert.ok(url, lines[0]);
    assert.equal((await fetch(`${url}services/data`)).status, 200);
    child.kill('SIGINT');
    assert.deepEqual((await exit)[0], 0);
    assert.equal(lines.length, 1);
  });

  it('names the port that is taken, and one that is none', async () => {
    const taken = await startSandbox();
    const { child, exit } = run(String(taken.port));
    assert.match(await textOf(child.stderr), new RegExp(`port ${taken.port} is already in use`));
    assert.equal((await exit)[0], 1);
    await taken.stop();
    const wrong = run('eighty');
    assert.match(await textOf(wrong.child.stderr), /PORT must be a port number, not "eighty"/);
    assert.equal((await wrong.exit)[0], 1);
  });
});
