import { ContextRoot, createContext } from '@lit/context';
import type { Failure, Workspace } from '@multiline/core';

/** The workspace of the nearest `<ml-workspace>`; null while it is being built. The key is shared by all copies of the library. */
export const workspaceContext = createContext<Workspace | null>(Symbol.for('ml-workspace'));

/** Why the nearest `<ml-workspace>` could not be built, or null. */
export const failureContext = createContext<Failure | null>(Symbol.for('ml-workspace-failure'));

const key = Symbol.for('ml-context-root');

/** One root per document keeps requests for elements that upgrade before their workspace; shared by all copies of the library. */
export function attachContextRoot(): void {
  const holder = document as unknown as Record<symbol, unknown>;
  if (holder[key]) return;
  const root = new ContextRoot();
  root.attach(document.documentElement);
  holder[key] = root;
}
