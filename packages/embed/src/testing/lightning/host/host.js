import { api, LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import multiline from '@salesforce/resourceUrl/multiline';
import { describe } from '../../describe.js';

/**
 * A component as an integrator writes it: the drop-in from a static resource; its elements stand in the template once it has
 * run, for the sandbox upgrades what is made afterwards.
 */
export default class Host extends LightningElement {
  ready = false;
  #loading;

  connectedCallback() {
    this.#loading = loadScript(this, multiline).then(() => (this.ready = true));
  }

  /** Resolves when the script has run; twice, because two components on a page load it twice. */
  @api async loaded() {
    await this.#loading;
    await loadScript(this, multiline);
    return typeof globalThis.MultiLine;
  }

  /** Connects the phone, as the page does that gives it its credentials. */
  @api connect(attributes, user) {
    const workspace = this.template.querySelector('ml-workspace');
    workspace.credentials = (need) => (need.for === 'sip' ? { password: user } : { accessToken: `sandbox-${user}` });
    for (const [name, value] of Object.entries(attributes)) workspace.setAttribute(name, value);
  }

  /** The next event of a name at the workspace: its number, if it is one of a call. */
  @api next(name) {
    return new Promise((resolve) => {
      const workspace = this.template.querySelector('ml-workspace');
      workspace.addEventListener(name, (event) => resolve(event.number ?? ''), { once: true });
    });
  }

  /** What stands in an element, as `describe` tells it. */
  @api describe(selector) {
    return JSON.stringify(describe(this.template.querySelector(selector)));
  }
}
