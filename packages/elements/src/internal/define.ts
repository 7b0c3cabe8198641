import { attachContextRoot } from './context-root.ts';

/** Registers an element unless a copy of ours, or somebody else's, has taken the name: two bundles may share a page. */
export function define(name: string, element: CustomElementConstructor): void {
  // Imported on a server: there is no page to define it for.
  if (typeof document === 'undefined' || typeof customElements === 'undefined') return;
  attachContextRoot();
  if (customElements.get(name)) return;
  // Lightning Web Security has a sandbox that made an element with a hyphen last own the next one that upgrades. Without
  // this one, an element that stands in the page already would be nobody's and stay as it is.
  document.createElement(name);
  customElements.define(name, element);
}
