import type { ControlAction, PhoneControls } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { type Hid, type HidDevice, headsets } from './headset.ts';
import type { HidCollection, HidItem } from './hid-report.ts';

/*
 * Fakes after the WebHID specification (WICG, draft): reports without their id byte, events with `device`, `reportId` and a
 * DataView, `getDevices()` answering allowed devices only, `sendReport()` refused on a device that is not open. Their
 * descriptors are shaped like those of headsets of the telephony page: bits in reports, padding between them.
 */
class FakeDevice extends EventTarget implements HidDevice {
  opened = false;
  readonly sent: string[] = [];
  readonly collections: readonly HidCollection[];
  constructor(collections: readonly HidCollection[]) {
    super();
    this.collections = collections;
  }
  async open(): Promise<void> {
    this.opened = true;
  }
  async close(): Promise<void> {
    this.opened = false;
  }
  async sendReport(reportId: number, data: BufferSource): Promise<void> {
    if (!this.opened) throw new DOMException('The device is not open.', 'InvalidStateError');
    this.sent.push(`${reportId}: ${[...new Uint8Array(data as ArrayBuffer)].join(' ')}`);
  }
  says(reportId: number, ...bytes: number[]): void {
    const data = new DataView(new Uint8Array(bytes).buffer);
    this.dispatchEvent(Object.assign(new Event('inputreport'), { reportId, data, device: this }));
  }
}

class FakeHid extends EventTarget implements Hid {
  readonly asked: unknown[] = [];
  allowed: FakeDevice[] = [];
  chosen: FakeDevice[] = [];
  async getDevices(): Promise<HidDevice[]> {
    return this.allowed;
  }
  async requestDevice(options: { filters: { usagePage: number }[] }): Promise<HidDevice[]> {
    this.asked.push(options);
    return this.chosen;
  }
  plug(type: 'connect' | 'disconnect', device: FakeDevice): void {
    this.dispatchEvent(Object.assign(new Event(type), { device }));
  }
}

const bit = (usage: number, isAbsolute = true): HidItem => ({
  usages: [usage],
  reportSize: 1,
  reportCount: 1,
  isAbsolute,
});
const padding = (bits: number): HidItem => ({ reportSize: bits, reportCount: 1 });
const hook = bit(0x0b_0020);
const muteKey = bit(0x0b_002f, false);

/** Hook switch as a state, mute as a press, three lamps behind two bits of padding. */
const device = (): FakeDevice =>
  new FakeDevice([
    { usagePage: 0x0c, inputReports: [{ reportId: 1, items: [padding(8)] }] },
    {
      usagePage: 0x0b,
      inputReports: [{ reportId: 2, items: [padding(1), hook, muteKey, padding(5)] }],
      outputReports: [{ reportId: 3, items: [padding(2), bit(0x08_0018), bit(0x08_0017), bit(0x08_0009), padding(3)] }],
    },
  ]);
const HOOK = 0b010;
const MUTE = 0b100;

const idle = { ringing: false, active: false, muted: false, held: false, title: 'Lucy Hall' };
const ringing: PhoneControls = { ...idle, ringing: true };
const active: PhoneControls = { ...idle, active: true };

describe('headsets', () => {
  let hid: FakeHid;
  let acted: ControlAction[];
  let made: ReturnType<typeof headsets>;
  const show = (phone: PhoneControls | null): void => made.control(phone, (action) => acted.push(action));
  /** With one headset that was allowed before. */
  async function ready(phone: PhoneControls, own = device()): Promise<FakeDevice> {
    hid.allowed = [own];
    const opened = new Promise<void>((resolve) => {
      const send = own.sendReport.bind(own);
      own.sendReport = async (...report) => {
        await send(...report);
        resolve();
      };
    });
    show(phone);
    await opened;
    return own;
  }

  beforeEach(() => {
    hid = new FakeHid();
    acted = [];
    made = headsets(hid);
  });
  afterEach(() => made.stop());

  it('are heard once when all of it was stopped and has begun again', async () => {
    const own = await ready(active);
    made.stop();
    await ready(active, own);
    own.says(2, MUTE);
    expect(acted).to.deep.equal(['mute']);
  });

  it('answer by the hook, mute and hang up, in step with the phone', async () => {
    const own = await ready(ringing);
    own.says(2, HOOK);
    expect(acted).to.deep.equal(['answer']);
    show(active);
    own.says(2, HOOK | MUTE);
    own.says(2, HOOK);
    show({ ...active, muted: true });
    own.says(2, HOOK | MUTE);
    own.says(2, HOOK);
    expect(acted.splice(1)).to.deep.equal(['mute', 'unmute']);
    own.says(2, 0);
    expect(acted.splice(1)).to.deep.equal(['hang-up']);
  });

  it('light their lamps, each report when it changes', async () => {
    const own = await ready(ringing);
    show({ ...ringing, title: 'Somebody else' });
    show(active);
    show({ ...active, muted: true });
    show(null);
    expect(own.sent).to.deep.equal(['3: 4', '3: 8', '3: 24', '3: 0']);
  });

  it('take what a headset says after its lamp for no press', async () => {
    const own = await ready(active);
    own.says(2, HOOK);
    show(null);
    own.says(2, 0);
    expect(acted).to.deep.equal([]);
  });

  it('a hook that says presses answers and hangs up', async () => {
    const press = new FakeDevice([
      { usagePage: 0x0b, inputReports: [{ reportId: 0, items: [bit(0x0b_0020, false)] }] },
    ]);
    hid.chosen = [press];
    expect(await made.connect()).to.equal(true);
    expect(hid.asked).to.deep.equal([{ filters: [{ usagePage: 0x0b }] }]);
    show(ringing);
    press.says(0, 1);
    press.says(0, 0);
    show(active);
    press.says(0, 1);
    expect(acted).to.deep.equal(['answer', 'hang-up']);
  });

  it('that are not telephones, cannot be opened or were not chosen are left alone', async () => {
    expect(await made.connect()).to.equal(false);
    const keyboard = new FakeDevice([{ usagePage: 0x01, inputReports: [{ reportId: 1, items: [padding(8)] }] }]);
    const held = device();
    held.open = () => Promise.reject(new DOMException('Held.', 'NotAllowedError'));
    hid.chosen = [keyboard, held];
    expect(await made.connect()).to.equal(false);
    expect([keyboard.opened, held.sent]).to.deep.equal([false, []]);
  });

  it('come and go while the phone is in use', async () => {
    show(active);
    const own = device();
    hid.plug('connect', own);
    await own.open();
    show(null);
    hid.plug('disconnect', own);
    show(active);
    expect(own.sent.at(-1)).to.equal('3: 0');
    made.stop();
    hid.plug('connect', device());
  });

  it('read bits of ranges and of reports that are too short', async () => {
    const range = new FakeDevice([
      {
        usagePage: 0x0b,
        children: [
          {
            usagePage: 0x0b,
            inputReports: [
              { reportId: 4, items: [{ isRange: true, usageMinimum: 0x0b_0020, reportSize: 1, reportCount: 16 }] },
            ],
          },
        ],
      },
    ]);
    hid.chosen = [range];
    await made.connect();
    show(ringing);
    range.says(4);
    range.says(4, 1);
    expect(acted).to.deep.equal(['answer']);
    show(active);
    range.says(4, 1, 0b1000_0000);
    expect(acted).to.deep.equal(['answer', 'mute']);
  });
});
