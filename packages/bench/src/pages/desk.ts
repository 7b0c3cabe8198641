import { browserStorage } from '@multiline/browser';
import { MlCallEvent, createWorkspace, type Workspace } from '@multiline/core';
import '@multiline/elements';
import { salesforce } from '@multiline/salesforce';
import { sipAccount, sipLine } from '@multiline/sip';

let workspace: Workspace;

/** Ann's desk as the benchmark drives it. */
const desk = {
  async start(server: string): Promise<void> {
    const account = sipAccount({
      servers: [server],
      uri: 'sip:ann@sandbox.test',
      credentials: () => ({ password: 'ann' }),
    });
    const instanceUrl = location.origin;
    workspace = createWorkspace({
      line: sipLine(account),
      crm: salesforce({ instanceUrl, credentials: async () => ({ accessToken: 'sandbox-ann', instanceUrl }) }),
      storage: browserStorage(),
    });
    const phone = document.createElement('ml-softphone');
    phone.workspace = workspace;
    document.body.append(phone);
    await workspace.start();
  },

  /** The id of the next call that comes in. */
  incoming: () =>
    new Promise<string>((resolve) => {
      const told = (event: Event): void => {
        if (event instanceof MlCallEvent) resolve(event.callId);
      };
      workspace.addEventListener('ml-call-incoming', told, { once: true });
    }),

  /**
   * The next call, once the elements show this name: its id, and when (`performance.now()`) the desk knew the name and when it
   * was in the document.
   */
  async named(name: string): Promise<{ callId: string; knownAt: number; shownAt: number }> {
    const callId = await desk.incoming();
    const known = knownAt(callId, name);
    const shown = shownAt(document.querySelector('ml-softphone') as Element, name);
    return { callId, knownAt: await known, shownAt: await shown };
  },

  answer: (callId: string) => workspace.answer(callId),
  wrapUp: (callId: string) => workspace.wrapUp(callId),
  saveNotes: (callId: string, text: string) => workspace.saveNotes(callId, text),

  /** Resolves when the next call has been written to the CRM. */
  logged: () =>
    new Promise<void>((resolve) => {
      workspace.addEventListener('ml-call-logged', () => resolve(), { once: true });
    }),
};
Object.assign(globalThis, { desk });

/** When the workspace's own calls say whose call it is. */
function knownAt(callId: string, name: string): Promise<number> {
  return new Promise((resolve) => {
    const stop = workspace.$calls.subscribe((calls) => {
      if (calls.find(({ id }) => id === callId)?.match.record?.name !== name) return;
      resolve(performance.now());
      queueMicrotask(() => stop());
    });
  });
}

/** The text a person sees, whichever shadow roots it is in. What is only read out may be of the call before. */
function deepText(root: Node): string {
  if (root instanceof Element && root.ariaLive) return '';
  const inner = root instanceof Element && root.shadowRoot ? [...root.shadowRoot.childNodes] : [];
  if (root instanceof Text) return root.data;
  return [...inner, ...root.childNodes].map(deepText).join('');
}

/** When the elements show this text. Looks after every change of the document, before the task that made it is over. */
function shownAt(phone: Element, text: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      for (const root of rootsOf(phone))
        observer.observe(root, { childList: true, characterData: true, subtree: true });
      if (!deepText(phone).includes(text)) return;
      observer.disconnect();
      resolve(performance.now());
    };
    const observer = new MutationObserver(look);
    look();
  });
}

/** Its shadow root, and those of what is in it. */
function rootsOf(element: Element): ShadowRoot[] {
  const { shadowRoot } = element;
  const inner = [...(shadowRoot?.querySelectorAll('*') ?? [])].flatMap(rootsOf);
  return shadowRoot ? [shadowRoot, ...inner] : inner;
}
