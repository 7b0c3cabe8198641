import { createWorkspace, presets, type Call, type Line, type PolicyChange, type Workspace } from '@multiline/core';
import { memoryCrm, memoryStorage, type MemoryCrm } from '@multiline/testing';

/** A workspace over a phone, with a CRM and a storage in memory to count in. */
export interface Desk {
  readonly workspace: Workspace;
  readonly crm: MemoryCrm;
  /** Its rows as they are stored. */
  rows(): Promise<readonly Call[]>;
  /** Until there are so many rows, and what is to be logged of them is. */
  logged(count: number): Promise<readonly Call[]>;
}

/** Nothing more comes of it by itself. */
const settled = new Set<Call['log']['state']>(['delivered', 'held', 'excluded']);

export async function desk(line: Line, policy: PolicyChange = {}): Promise<Desk> {
  const [crm, storage] = [memoryCrm(), memoryStorage()];
  const workspace = createWorkspace({ line, crm, storage, policy: presets.default(policy) });
  await workspace.start();
  const rows = async (): Promise<readonly Call[]> =>
    (await storage.list('calls')).map(({ value }) => (value as { call: Call }).call);
  return {
    workspace,
    crm,
    rows,
    async logged(count) {
      for (;;) {
        const now = await rows();
        if (now.length >= count && now.every(({ log }) => settled.has(log.state))) return now;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    },
  };
}
