import { optionsOf, type Present, type Pressed } from './present.ts';

/** What a page reaches its service worker by. */
export interface WorkerPlatform {
  readonly serviceWorker?: ServiceWorkerContainer | undefined;
  readonly Notification?: typeof Notification | undefined;
  readonly origin: string;
}

export interface WorkerNotices {
  /** Whether the worker runs and the system shows both buttons. */
  readonly ready: boolean;
  readonly present: Present;
  stop(): void;
}

/** Under `require-trusted-types-for 'script'` the worker's address needs a policy of its own, of this name. */
const POLICY = 'multiline-sw';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/**
 * Notices with buttons, by `multiline-sw.js` on the page's own origin (MV-47). While the worker is not there, or the system
 * has no buttons, nothing is shown this way.
 *
 * @param url where the integrator hosts the worker
 */
export function workerNotices(url: string, { serviceWorker, Notification, origin }: WorkerPlatform): WorkerNotices {
  const held = new Map<string, (what: Pressed) => void>();
  let registration: ServiceWorkerRegistration | undefined;
  const buttons = Number(Notification ? Reflect.get(Notification, 'maxActions') : 0);
  const worker = (): ServiceWorker | null => (buttons >= 2 ? (registration?.active ?? null) : null);

  /** Only our own worker says what was pressed. */
  function hear({ data, origin: from, source }: MessageEvent): void {
    if (from !== origin || !source || source !== registration?.active) return;
    const { multiline, tag, action } = (data ?? {}) as Partial<Record<'multiline' | 'tag' | 'action', string>>;
    if (multiline !== 'pressed' || tag === undefined) return;
    if (action === 'click' || action === 'answer' || action === 'decline') held.get(tag)?.(action);
  }

  async function begin(): Promise<void> {
    registration = await serviceWorker?.register(trusted(url));
  }
  // Without it there are plain notices.
  begin().catch(() => undefined);

  return {
    get ready() {
      return worker() !== null;
    },
    present(notice, pressed) {
      const active = worker();
      if (!active) return undefined;
      const { title, tag, actions } = notice;
      held.set(tag, pressed);
      serviceWorker?.addEventListener('message', hear);
      active.postMessage({ multiline: 'show', title, options: { ...optionsOf(notice), actions } });
      return () => {
        // One of the same tag has taken its place.
        if (held.get(tag) !== pressed) return;
        held.delete(tag);
        active.postMessage({ multiline: 'close', tag });
      };
    },
    stop: () => serviceWorker?.removeEventListener('message', hear),
  };
}

/** A page may allow each name once only. */
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

function trusted(url: string): string {
  const types = Reflect.get(globalThis, 'trustedTypes') as TrustedTypes | undefined;
  policy ??= types?.createPolicy(POLICY, { createScriptURL: (own) => own });
  return policy ? policy.createScriptURL(url) : url;
}
