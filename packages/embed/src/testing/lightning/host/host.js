import { api, LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import multiline from '@salesforce/resourceUrl/multiline';
import { describe } from '../../describe.js';

/** A component as an integrator writes it: the drop-in from a static resource, its elements in the template. */
export default class Host extends LightningElement {
  #loading;

  renderedCallback() {
    this.#loading ??= loadScript(this, multiline);
  }

  /** Resolves when the script has run; twice, because two components on a page load it twice. */
  @api async loaded() {
    await this.#loading;
    await loadScript(this, multiline);
    return typeof globalThis.MultiLine;
  }

  /** Connects the phone, as the page does that gives it its credentials. */
  @api connect(attributes, password) {
    const workspace = this.template.querySelector('ml-workspace');
    workspace.credentials = () => ({ password });
    for (const [name, value] of Object.entries(attributes)) workspace.setAttribute(name, value);
  }

  /** The first event of a name at the workspace: its call's number, if it has one. */
  @api next(name) {
    return new Promise((resolve) => {
      const workspace = this.template.querySelector('ml-workspace');
      workspace.addEventListener(name, (event) => resolve(event.call?.number ?? ''), { once: true });
    });
  }

  /** What stands in an element, as `describe` tells it. */
  @api describe(selector) {
    return JSON.stringify(describe(this.template.querySelector(selector)));
  }

  /** Presses the button of a name, wherever it stands in an element. */
  @api press(selector, name) {
    const pressed = find(this.template.querySelector(selector), name);
    pressed?.click();
    return pressed !== undefined;
  }
}

function find(element, name) {
  for (const root of [element.shadowRoot, element]) {
    for (const child of root?.children ?? []) {
      if (child.localName === 'button' && (child.ariaLabel ?? child.textContent).trim() === name) return child;
      const found = find(child, name);
      if (found) return found;
    }
  }
  return undefined;
}
