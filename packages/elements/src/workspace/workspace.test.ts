import { MlCallEvent, presets, register } from '@multiline/core';
import type { MlErrorEvent } from '@multiline/core';
import { manualClock, memoryCrm, memoryDisk, memoryStorage, scriptedLine, silentAttention } from '@multiline/testing';
import { aTimeout, expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../call/call.ts';
import type { MlCall } from '../call/call.ts';
import { setShadowMode } from '../internal/shadow-mode.ts';
import { until } from '../testing/scripted-desk.ts';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import '../softphone/softphone.ts';
import type { MlSoftphone } from '../softphone/softphone.ts';
import type { MlWorkspace } from './workspace.ts';
import './workspace.ts';

const changed = (el: MlWorkspace): Promise<Event> => oneEvent(el, 'ml-workspace-change');
const is = (el: Element, name: string): boolean => el.matches(`:state(${name})`);

describe('ml-workspace', () => {
  it('is accessible and shows nothing', async () => {
    const el = await fixture<MlWorkspace>(html`<ml-workspace></ml-workspace>`);
    await expect(el).to.be.accessible();
    expect(el.childNodes).to.have.length(0);
  });

  it('builds by names from the registry, starts, and tells the facts on itself, once', async () => {
    const line = scriptedLine();
    const given: Record<string, unknown>[] = [];
    register('line', 'softphone', (options) => {
      given.push({ ...options });
      return line;
    });
    register('crm', 'test', (options) => {
      given.push({ ...options });
      return memoryCrm({ clock: manualClock() });
    });
    register('attention', 'browser', (options) => {
      given.push({ ...options });
      return silentAttention();
    });
    const credentials = (): object => ({ username: 'ann', password: 'ann' });
    const el = await fixture<MlWorkspace>(html`
      <ml-workspace
        sip-server="wss://a wss://b"
        sip-uri="sip:ann@sandbox.test"
        crm="test"
        crm-url="https://crm.example"
        policy="multiline"
        country="GB"
        service-worker="/multiline-sw.js"
        .credentials=${credentials}
      ></ml-workspace>
    `);
    if (!el.workspace) await changed(el);
    expect(given[0]).to.deep.include({ servers: ['wss://a', 'wss://b'], uri: 'sip:ann@sandbox.test', country: 'GB' });
    expect(given[0]).to.deep.include({ watch: true });
    expect(given[1]).to.deep.include({ instanceUrl: 'https://crm.example', credentials });
    expect(given[2]).to.deep.equal({ serviceWorker: '/multiline-sw.js' });
    expect(el.workspace!.policy).to.deep.include({ name: 'multiline', country: 'GB' });
    const registered = line.$status.get().state === 'registered' || (await oneEvent(el, 'ml-registered'));
    expect(registered).to.not.equal(false);
    const heard: Event[] = [];
    document.addEventListener('ml-call-incoming', (event) => heard.push(event), { once: true });
    line.ring({ address: '+14155550101' });
    const fact = (heard[0] as MlCallEvent | undefined) ?? (await oneEvent<MlCallEvent>(el, 'ml-call-incoming'));
    expect(fact).to.be.instanceOf(MlCallEvent);
    expect(fact).to.include({ number: '+14155550101', direction: 'inbound', leading: true });
    expect(fact.target === el).to.equal(true);
  });

  it('says unknown-implementation by ml-error, and the elements say it too', async () => {
    const page = await fixture<HTMLElement>(html`<div></div>`);
    const el = document.createElement('ml-workspace');
    el.crmName = 'nobody';
    el.line = scriptedLine();
    el.append(document.createElement('ml-softphone'));
    setTimeout(() => page.append(el));
    const { code } = await oneEvent<MlErrorEvent>(page, 'ml-error');
    expect(code).to.equal('unknown-implementation');
    const phone = el.querySelector('ml-softphone')!;
    await phone.updateComplete;
    expect(is(phone, 'failed')).to.equal(true);
    expect((phone.renderRoot as ShadowRoot).textContent).to.contain('No crm is registered under the name "nobody".');
  });

  it('waits for a line without complaint; elements are loading meanwhile', async () => {
    const el = await fixture<MlWorkspace>(html`<ml-workspace><ml-softphone></ml-softphone></ml-workspace>`);
    const phone = el.querySelector('ml-softphone')!;
    expect(is(phone, 'loading')).to.equal(true);
    el.line = scriptedLine();
    await changed(el);
    await phone.updateComplete;
    expect(is(phone, 'loading')).to.equal(false);
    expect(is(phone, 'idle')).to.equal(true);
  });

  it('stops what it built when it leaves the page, not when it moves', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <p></p>
        <ml-workspace .line=${scriptedLine()}></ml-workspace>
      </div>`,
    );
    const el = page.querySelector('ml-workspace')!;
    if (!el.workspace) await changed(el);
    const { workspace } = el;
    page.querySelector('p')!.append(el);
    await aTimeout(0);
    expect(el.workspace === workspace).to.equal(true);
    setTimeout(() => el.remove());
    await changed(el);
    expect(el.workspace).to.equal(null);
    await until(workspace!.$phone, ({ line }) => line.state === 'off');
  });

  it('shows a workspace that is given, and neither starts nor stops it', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await fixture<MlWorkspace>(
      html`<ml-workspace .workspace=${workspace}><ml-call></ml-call></ml-workspace>`,
    );
    if (!el.workspace) await changed(el);
    const call = el.querySelector('ml-call')!;
    await call.updateComplete;
    expect(is(call, 'active')).to.equal(true);
    el.remove();
    await aTimeout(0);
    expect(workspace.commands).to.deep.equal([]);
  });

  it('lets a change wait until no call is live', async () => {
    const el = await fixture<MlWorkspace>(html`<ml-workspace .line=${scriptedLine()}></ml-workspace>`);
    if (!el.workspace) await changed(el);
    const before = el.workspace!;
    await until(before.$phone, ({ line }) => line.state === 'registered');
    const { id } = await before.dial('+14155550101');
    el.policyName = 'multiline';
    await el.updateComplete;
    await aTimeout(0);
    expect(el.workspace === before).to.equal(true);
    await before.hangUp(id);
    await changed(el);
    if (!el.workspace) await changed(el);
    expect(el.workspace!.policy.name).to.equal(presets.multiline().name);
  });

  it('[ML-22] exchanges the line when the administrator changes the mode at run time: no call is lost, a live one ends first, and the phone says so', async () => {
    const lines = { softphone: scriptedLine(), device: scriptedLine({ device: 'elsewhere' }) };
    for (const [mode, line] of Object.entries(lines)) register('line', mode, () => line);
    const disk = memoryDisk();
    register('storage', 'browser', () => memoryStorage({ disk }));
    const el = await fixture<MlWorkspace>(html`
      <ml-workspace sip-uri="sip:ann@sandbox.test" mode="softphone" .credentials=${() => ({})}>
        <ml-softphone></ml-softphone>
      </ml-workspace>
    `);
    if (!el.workspace) await changed(el);
    const before = el.workspace!;
    await until(before.$phone, ({ line }) => line.state === 'registered');
    const { id } = await before.dial('+14155550101');
    lines.softphone.dialed[0]!.signal({ type: 'answered' });
    await before.saveNotes(id, 'Before the change.');

    el.mode = 'device';
    await until(before.$phone, ({ changing }) => changing === true);
    expect(el.workspace === before).to.equal(true);
    expect(before.$calls.get()[0]?.phase).to.equal('active');
    const phone = el.querySelector('ml-softphone')!;
    await phone.updateComplete;
    const notes = (phone.renderRoot as ShadowRoot).querySelector('ml-phone-notes')!;
    await notes.updateComplete;
    expect(notes.renderRoot.textContent).to.contain('It changes when this call ends.');
    await expect(phone).to.be.accessible();

    // Who comes after the event would wait for ever.
    const exchanged = changed(el).then(async () => void (el.workspace ?? (await changed(el))));
    await before.hangUp(id);
    await exchanged;
    const after = el.workspace!;
    await until(after.$phone, ({ line }) => line.state === 'registered');
    expect(lines.softphone.$status.get().state).to.equal('off');
    expect(after.$capabilities.get().device).to.equal('elsewhere');
    await until(after.$recentCalls, ({ calls }) => calls.length > 0);
    const [row] = after.$recentCalls.get().calls;
    expect([row?.id, row?.reason, row?.notes.saved]).to.deep.equal([id, 'completed', 'Before the change.']);

    // And back, at once: nobody calls.
    const back = changed(el).then(async () => void (el.workspace ?? (await changed(el))));
    el.mode = 'softphone';
    await back;
    expect(el.workspace!.$capabilities.get().device).to.equal('here');
    await until(el.workspace!.$phone, ({ line }) => line.state === 'registered');
  });
});

describe('wiring', () => {
  it('prefers the property over for over the nearest ancestor', async () => {
    const [own, named, near] = ['own', 'named', 'near'].map((name) => new StillWorkspace({ user: { name } }));
    const page = await fixture<HTMLElement>(html`
      <div>
        <ml-workspace id="named" .workspace=${named}></ml-workspace>
        <ml-workspace .workspace=${near}>
          <ml-softphone class="near"></ml-softphone>
          <ml-softphone class="named" for="named"></ml-softphone>
          <ml-softphone class="own" for="named" .workspace=${own}></ml-softphone>
        </ml-workspace>
      </div>
    `);
    await aTimeout(0);
    for (const name of ['near', 'named', 'own']) {
      const el = page.querySelector<MlSoftphone>(`.${name}`)!;
      await el.updateComplete;
      expect(el.renderRoot.querySelector('.user')!.textContent.trim()).to.equal(name);
    }
  });

  it('finds a workspace by for that comes later', async () => {
    const page = await fixture<HTMLElement>(html`<div><ml-call for="later"></ml-call></div>`);
    const call = page.querySelector('ml-call')!;
    expect(is(call, 'unwired')).to.equal(true);
    const late = document.createElement('ml-workspace');
    late.id = 'later';
    late.workspace = new StillWorkspace({ calls: [stillCall()] });
    page.append(late);
    await changed(late);
    await call.updateComplete;
    expect(is(call, 'active')).to.equal(true);
  });

  it('moves to another workspace, and out of any', async () => {
    const page = await fixture<HTMLElement>(html`
      <div>
        <ml-workspace .workspace=${new StillWorkspace({ calls: [stillCall()] })}><ml-call></ml-call></ml-workspace>
        <ml-workspace .workspace=${new StillWorkspace({ calls: [stillCall({ muted: true })] })}></ml-workspace>
      </div>
    `);
    await aTimeout(0);
    const call = page.querySelector('ml-call')!;
    await call.updateComplete;
    expect(is(call, 'muted')).to.equal(false);
    page.querySelectorAll('ml-workspace')[1]!.append(call);
    await call.updateComplete;
    expect(is(call, 'muted')).to.equal(true);
    page.append(call);
    await call.updateComplete;
    expect(is(call, 'unwired')).to.equal(true);
  });

  it('works through closed shadow roots, with events that come from the host', async () => {
    setShadowMode('closed');
    try {
      const page = await fixture<HTMLElement>(html`
        <ml-workspace .workspace=${new StillWorkspace({ calls: [stillCall()] })}></ml-workspace>
      `);
      const outer = page.appendChild(document.createElement('div'));
      // eslint-disable-next-line wc/no-closed-shadow-root -- they are what is tested
      const root = outer.attachShadow({ mode: 'closed' });
      const phone = root.appendChild(document.createElement('ml-softphone'));
      await aTimeout(0);
      await phone.updateComplete;
      expect(phone.shadowRoot).to.equal(null);
      const call = phone.renderRoot.querySelector<MlCall>('ml-call')!;
      await call.updateComplete;
      expect(is(call, 'active')).to.equal(true);
      setTimeout(() => call.renderRoot.querySelector<HTMLElement>('#hang-up')!.click());
      const event = await oneEvent(page, 'ml-hang-up');
      expect(event.target === outer).to.equal(true);
    } finally {
      setShadowMode('open');
    }
  });
});
