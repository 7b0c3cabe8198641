import { tsImport } from 'tsx/esm/api';

/**
 * Gives browser tests a sandbox of their own: `executeServerCommand('sandbox:start')` answers `{ id, url }`,
 * `executeServerCommand('sandbox:stop', id)` ends it. What a test file forgets ends with the run.
 * `executeServerCommand('sandbox:desk-phone', { user, script })`, with the `server` of a sandbox, registers a
 * phone that is no browser; it lives as long as the sandbox.
 */
export function sandboxPlugin() {
  const running = new Map();
  let load;
  let count = 0;
  return {
    name: 'sandbox',
    async serverStop() {
      await Promise.all([...running.values()].map((sandbox) => sandbox.stop()));
    },
    async executeCommand({ command, payload }) {
      if (command === 'sandbox:start') {
        load ??= tsImport('../packages/sandbox/src/index.ts', import.meta.url);
        const { startSandbox } = await load;
        const sandbox = await startSandbox({ port: 0, ...payload });
        const id = `sandbox-${++count}`;
        running.set(id, sandbox);
        return { id, url: sandbox.url };
      }
      if (command === 'sandbox:desk-phone') {
        const { connectDeskPhone } = await load;
        await connectDeskPhone(payload);
        return { connected: true };
      }
      if (command === 'sandbox:stop') {
        const sandbox = running.get(payload);
        running.delete(payload);
        await sandbox?.stop();
        return { stopped: Boolean(sandbox) };
      }
      return undefined;
    },
  };
}
