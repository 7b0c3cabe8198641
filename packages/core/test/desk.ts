import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  asError,
  createWorkspace,
  presets,
  type Call,
  type Crm,
  type FactType,
  type Workspace,
  type WorkspaceParts,
} from '../src/index.ts';
import {
  manualClock,
  memoryCrm,
  memoryDisk,
  memoryHub,
  memoryStorage,
  memoryTabs,
  scriptedLine,
  silentAttention,
  type ManualClock,
  type MemoryCrm,
  type MemoryDisk,
  type MemoryHub,
  type MemoryStorage,
  type ScriptedCall,
  type ScriptedLine,
  type SilentAttention,
} from '@multiline/testing';

// What nobody catches fails the test that runs, whoever threw it.
process.on('unhandledRejection', (error) => {
  throw error;
});

// The platform hashes on another thread, a test has no way to wait for that: the same hash on this one.
Object.defineProperty(globalThis.crypto.subtle, 'digest', {
  configurable: true,
  value: async (_: string, data: Uint8Array) => createHash('sha256').update(data).digest(),
});

/** Everything that outlives a tab. */
export interface Browser {
  readonly clock: ManualClock;
  readonly crm: MemoryCrm;
  readonly disk: MemoryDisk;
  readonly hub: MemoryHub;
  tabs: number;
}

export function browser(parts: Partial<Browser> = {}): Browser {
  const clock = parts.clock ?? manualClock();
  return { clock, crm: memoryCrm({ clock }), disk: memoryDisk(), hub: memoryHub(), tabs: 0, ...parts };
}

/** A desk in one tab of a browser, with everything a test may want to turn. */
export interface Desk {
  readonly workspace: Workspace;
  readonly line: ScriptedLine;
  readonly crm: MemoryCrm;
  readonly clock: ManualClock;
  readonly storage: MemoryStorage;
  readonly attention: SilentAttention;
  /** Facts so far, by type. */
  readonly facts: FactType[];
  /** The tab is gone at once: nothing of it is written, sent or heard any more. */
  kill(): void;
  /** The call that is on screen. */
  call(): Call;
}

export const FACTS: readonly FactType[] = [
  'ml-registered',
  'ml-unregistered',
  'ml-call-incoming',
  'ml-call-started',
  'ml-call-answered',
  'ml-call-ended',
  'ml-call-logged',
  'ml-record-matched',
  'ml-error',
];

/** Makes a desk in a new tab, not yet started. */
export function newDesk(inside: Browser = browser(), parts: Partial<WorkspaceParts> = {}): Desk {
  const { clock, crm, disk, hub } = inside;
  const tab = `tab${++inside.tabs}`;
  const life = { over: false };
  const line = distinct(tab, parts.line as ScriptedLine | undefined);
  const storage = memoryStorage({ disk });
  const tabs = memoryTabs(hub);
  const attention = silentAttention();
  const workspace = createWorkspace({
    crm,
    storage: mortal(storage, life),
    tabs,
    attention,
    policy: presets.default(),
    ...parts,
    ...(parts.crm || !('crm' in parts) ? { crm: mortal<Crm>(parts.crm ?? crm, life) } : {}),
    line: { ...line, stop: () => (life.over ? never() : line.stop()) },
    clock: {
      now: clock.now,
      at: (at, callback) =>
        clock.at(at, () => {
          if (!life.over) callback();
        }),
    },
  });
  const facts: FactType[] = [];
  for (const type of FACTS) workspace.addEventListener(type, () => facts.push(type));
  return {
    workspace,
    line,
    crm,
    clock,
    storage,
    attention,
    facts,
    kill() {
      life.over = true;
      tabs.kill();
    },
    call() {
      const call = workspace.$calls.get().at(-1);
      assert.ok(call, 'There is no call on screen.');
      return call;
    },
  };
}

/** A running desk. */
export async function desk(inside: Browser = browser(), parts: Partial<WorkspaceParts> = {}): Promise<Desk> {
  const made = newDesk(inside, parts);
  await made.workspace.start();
  await made.clock.run(0);
  return made;
}

/** An inbound call that was answered, spoken for a while and ended by the caller. */
export async function receiveCall(
  { line, workspace, clock }: Desk,
  address: string,
  spokenMs = 10_000,
): Promise<ScriptedCall> {
  const call = line.ring({ address });
  await clock.run(0);
  await workspace.answer(call.id);
  await clock.run(spokenMs);
  call.signal({ type: 'ended', reason: 'completed', by: 'them' });
  await clock.run(0);
  return call;
}

/** Lets a long time pass in small steps, so that long work is done at its own time. */
export async function pass({ clock }: { readonly clock: ManualClock }, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) await clock.run(Math.min(500, left));
}

export const recent = ({ workspace }: Desk, id: string): Call => {
  const call = workspace.$recentCalls.get().calls.find((one) => one.id === id);
  assert.ok(call, `The call ${id} is not among the recent calls.`);
  return call;
};

export const lucy = '+14155550101';
export const stranger = '+14155550199';

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** A port that is not there any more once its tab is dead: no request goes out, no answer comes in. */
function mortal<Port extends object>(port: Port, life: { over: boolean }): Port {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        if (life.over) return never();
        const answer: unknown = Reflect.apply(member, target, args);
        if (!(answer instanceof Promise)) return answer;
        return answer.then(
          (value: unknown) => (life.over ? never() : value),
          (error: unknown) => (life.over ? never() : Promise.reject(asError(error))),
        );
      };
    },
  });
}

/** Calls are unique in a browser, not only in a line. */
function distinct(prefix: string, line: ScriptedLine = scriptedLine()): ScriptedLine {
  const made = new Map<string, ScriptedCall>();
  function named<Made extends { id: string; correlation: string }>(call: Made): Made {
    const known = made.get(call.id) ?? {
      ...call,
      id: `${prefix}-${call.id}`,
      correlation: call.correlation.includes('@sandbox.test') ? `${prefix}-${call.correlation}` : call.correlation,
    };
    made.set(call.id, known as unknown as ScriptedCall);
    return known as Made;
  }
  return {
    ...line,
    get dialed() {
      return line.dialed.map(named);
    },
    get calls() {
      return line.calls.map(named);
    },
    ring: (from) => named(line.ring(from)),
    onIncoming: (listener) => line.onIncoming((call) => listener(named(call))),
    dial: async (target, options) => named(await line.dial(target, options)),
  };
}
