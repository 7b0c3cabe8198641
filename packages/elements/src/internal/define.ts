import { attachContextRoot } from './context-root.ts';

/** Registers an element unless a copy of ours, or somebody else's, has taken the name: two bundles may share a page. */
export function define(name: string, element: CustomElementConstructor): void {
  // Imported on a server: there is no page to define it for.
  if (typeof document === 'undefined' || typeof customElements === 'undefined') return;
  attachContextRoot();
  if (!customElements.get(name)) customElements.define(name, element);
}
