import { chunks, desk, first } from 'virtual:chunks';
import type { EarlyDropIn } from './global.ts';

type Exports = Record<string, unknown>;

const script = document.currentScript as HTMLScriptElement | null;
const base = new URL(script?.dataset['base'] ?? (script?.src || '.'), document.baseURI);
const nonce = nonceOf(script);
const verified = new Map<string, Promise<string>>();
/** How often a chunk did not arrive. */
const missed = new Map<string, number>();
let core: Promise<Exports>;

function nonceOf(element: HTMLScriptElement | null): string | undefined {
  try {
    return element?.nonce;
  } catch {
    // Lightning Web Security refuses to tell.
    return undefined;
  }
}

/** Puts a chunk into the page's module map, checked against its hash: what is imported afterwards is that very text. */
function preload(file: string, address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.crossOrigin = 'anonymous';
    link.integrity = chunks[file]?.[0] ?? '';
    if (nonce) link.nonce = nonce;
    link.onload = () => resolve(address);
    link.onerror = () => {
      link.remove();
      reject(new Error(`MultiLine could not load ${address}, or it is not what was built.`));
    };
    link.href = address;
    document.head.append(link);
  });
}

/**
 * Answers where a chunk stands that is what was built. The next attempt asks again: where a browser remembers for ever what did
 * not arrive (Chromium 150 does), by the address it has with a fragment.
 */
function verify(file: string): Promise<string> {
  const known = verified.get(file);
  if (known) return known;
  const address = new URL(file, base).href;
  const times = missed.get(file) ?? 0;
  const arrival = preload(file, address)
    .catch((error: unknown) => {
      if (times === 0) throw error;
      return preload(file, `${address}#${String(times)}`);
    })
    .catch((error: unknown) => {
      missed.set(file, times + 1);
      verified.delete(file);
      throw error;
    });
  verified.set(file, arrival);
  return arrival;
}

const verifyWhole = (file: string): Promise<string[]> => Promise.all([file, ...(chunks[file]?.[1] ?? [])].map(verify));

/** Imports a chunk of ours; nothing of it runs unless it and all it imports are what was built. */
async function loadChunk(file: string): Promise<Exports> {
  const [address = ''] = await verifyWhole(file);
  return import(address) as Promise<Exports>;
}

/** Chunks ask for one another by `./name`, pages for packages by name. */
async function load(name: string): Promise<object> {
  const file = name.replace(/^\.\//, 'multiline/');
  if (Object.hasOwn(chunks, file)) return loadChunk(file);
  const { loadEngine } = (await core) as { loadEngine(name: string): Promise<object> };
  return loadEngine(name);
}

const early: EarlyDropIn['early'] = [];
const dropIn: Omit<EarlyDropIn, 'ready'> = {
  early,
  register: (...registration: EarlyDropIn['early'][number]) => void early.push(registration),
  load,
};
Object.defineProperty(globalThis, 'MultiLine', { value: dropIn, configurable: true });

/** The first elements, then the desk, which is on its way from the beginning. */
async function loadCore(): Promise<Exports> {
  // What is refused here is refused again, and told, when it is imported.
  verifyWhole(desk).catch(() => undefined);
  const { desk: loadDesk } = (await loadChunk(first)) as { desk(): Promise<Exports> };
  return loadDesk();
}

async function start(): Promise<object> {
  const { loadEngine: _, bringElements, ...exports } = await core;
  Object.assign(dropIn, exports);
  await (bringElements as () => Promise<void>)();
  return dropIn;
}

core = loadCore();
Object.assign(dropIn, { ready: start() });
