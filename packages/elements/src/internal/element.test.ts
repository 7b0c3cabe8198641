import { expect, fixture, html } from '@open-wc/testing';
import '../call/call.ts';
import '../workspace/workspace.ts';
import type { MlCall } from '../call/call.ts';
import { stillCall } from '../testing/still-calls.ts';
import type { MlWorkspace } from '../workspace/workspace.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';

/** A workspace that counts who listens to its calls. */
function counted(): { workspace: StillWorkspace; listening: () => number } {
  const workspace = new StillWorkspace({ calls: [stillCall()] });
  const { $calls } = workspace;
  const listen = $calls.listen.bind($calls);
  let listening = 0;
  $calls.listen = (listener) => {
    listening++;
    const stop = listen(listener);
    return () => {
      listening--;
      stop();
    };
  };
  return { workspace, listening: () => listening };
}

describe('an element', () => {
  it('that leaves the page in the turn of a change is held by no store, and is as before when it comes back', async () => {
    const { workspace, listening } = counted();
    const el = await fixture<MlCall>(html`<ml-call .workspace=${workspace} .callId=${'call-1'}></ml-call>`);
    expect(listening()).to.be.greaterThan(0);
    const parent = el.parentElement!;
    workspace.change('call-1', { muted: true });
    el.remove();
    await el.updateComplete;
    expect(listening()).to.equal(0);
    parent.append(el);
    await el.updateComplete;
    expect(listening()).to.be.greaterThan(0);
    expect(el.renderRoot.textContent).to.contain('You are muted');
  });

  it('that is given its workspace asks the page for none, until it is taken away', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    let asked = 0;
    const count = (): void => void asked++;
    document.addEventListener('context-request', count);
    const el = await fixture<MlCall>(html`<ml-call .workspace=${workspace} .callId=${'call-1'}></ml-call>`);
    const parent = el.parentElement!;
    el.remove();
    parent.append(el);
    await el.updateComplete;
    expect(asked).to.equal(0);
    el.workspace = null;
    await el.updateComplete;
    document.removeEventListener('context-request', count);
    expect(asked).to.be.greaterThan(0);
  });

  it('that loses the workspace it was given shows the one around it', async () => {
    const given = new StillWorkspace({ calls: [stillCall()] });
    const around = new StillWorkspace({ calls: [stillCall({ muted: true })] });
    const owner = await fixture<MlWorkspace>(
      html`<ml-workspace .workspace=${around}
        ><ml-call .workspace=${given} .callId=${'call-1'}></ml-call
      ></ml-workspace>`,
    );
    const el = owner.querySelector('ml-call')!;
    await el.updateComplete;
    expect(el.renderRoot.textContent).not.to.contain('You are muted');
    el.workspace = null;
    await el.updateComplete;
    expect(el.renderRoot.textContent).to.contain('You are muted');
  });
});
