import type { ControlAction, PhoneControls } from '@multiline/core';
import {
  bitAt,
  bitsOf,
  bytesOf,
  HOOK_SWITCH,
  LED_MUTE,
  LED_OFF_HOOK,
  LED_RING,
  PHONE_MUTE,
  TELEPHONY,
  telephonyReports,
  type HidBit,
  type HidCollection,
} from './hid-report.ts';
import type { Buttons } from './media-keys.ts';

/** As WebHID has them: what is needed of them here. */
export interface HidDevice extends EventTarget {
  readonly opened: boolean;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: BufferSource): Promise<void>;
}
export interface Hid extends EventTarget {
  getDevices(): Promise<HidDevice[]>;
  requestDevice(options: { filters: { usagePage: number }[] }): Promise<HidDevice[]>;
}

/** Headsets with buttons and lamps of their own, of whatever maker: telephony page of HID over WebHID. */
export interface Headsets {
  readonly control: Buttons;
  /** Lets the user choose one; false where none was chosen. */
  connect(): Promise<boolean>;
  stop(): void;
}

export function headsets(hid: Hid): Headsets {
  const open = new Map<HidDevice, Headset>();
  let phone: PhoneControls | null = null;
  let act: (action: ControlAction) => void = () => undefined;
  let began = false;

  async function take(device: HidDevice): Promise<void> {
    if (open.has(device) || telephonyReports(device.collections, 'inputReports').length === 0) return;
    const taken = headset(
      device,
      () => phone,
      (action) => act(action),
    );
    open.set(device, taken);
    try {
      if (!device.opened) await device.open();
      taken.show(phone);
    } catch {
      // Another program holds it.
      drop(device);
    }
  }
  /** The browser knows it by the same object when it is taken again. */
  function drop(device: HidDevice): void {
    open.get(device)?.leave();
    open.delete(device);
  }

  const plugged = (event: Event): void => void take(Reflect.get(event, 'device') as HidDevice);
  const unplugged = (event: Event): void => drop(Reflect.get(event, 'device') as HidDevice);

  /** Those that were allowed before; asked for with the first call, so that a page without one opens none. */
  function begin(): void {
    if (began) return;
    began = true;
    hid.addEventListener('connect', plugged);
    hid.addEventListener('disconnect', unplugged);
    hid.getDevices().then(
      (devices) => devices.forEach((device) => void take(device)),
      () => undefined,
    );
  }

  return {
    control(next, carryOut) {
      phone = next;
      act = carryOut;
      if (next) begin();
      for (const { show } of open.values()) show(next);
    },
    async connect() {
      begin();
      const devices = await hid.requestDevice({ filters: [{ usagePage: TELEPHONY }] });
      await Promise.all(devices.map(take));
      return devices.some((device) => open.has(device));
    },
    stop() {
      hid.removeEventListener('connect', plugged);
      hid.removeEventListener('disconnect', unplugged);
      began = false;
      for (const [device, { show }] of open) {
        show(null);
        drop(device);
        void device.close().catch(() => undefined);
      }
    },
  };
}

/** One that is in use. */
interface Headset {
  /** Has its lamps follow the phone. */
  show(phone: PhoneControls | null): void;
  /** Hears it no more. */
  leave(): void;
}

/** Hears one headset. */
function headset(device: HidDevice, phone: () => PhoneControls | null, act: (action: ControlAction) => void): Headset {
  const buttons = bitsOf(telephonyReports(device.collections, 'inputReports'), [HOOK_SWITCH, PHONE_MUTE]);
  const outputs = telephonyReports(device.collections, 'outputReports');
  const lamps = bitsOf(outputs, [LED_RING, LED_OFF_HOOK, LED_MUTE]);
  const down = new Set<HidBit>();
  /** What each report said last. */
  const shown = new Map<number, string>();

  const hear = (event: Event): void => {
    const reportId = Reflect.get(event, 'reportId') as number;
    const data = Reflect.get(event, 'data') as DataView;
    for (const button of buttons) {
      if (button.reportId !== reportId) continue;
      const on = bitAt(data, button.offset);
      if (on === down.has(button)) continue;
      if (on) down.add(button);
      else down.delete(button);
      const now = phone();
      const action = now && pressedAction(button, on, now);
      if (action) act(action);
    }
  };
  device.addEventListener('inputreport', hear);

  function show(now: PhoneControls | null): void {
    const lit = (usage: number): boolean =>
      usage === LED_RING ? !!now?.ringing : usage === LED_OFF_HOOK ? !!now?.active : !!now?.active && now.muted;
    for (const report of outputs) {
      const { reportId = 0 } = report;
      const own = lamps.filter((lamp) => lamp.reportId === reportId);
      if (own.length === 0) continue;
      const data = new Uint8Array(bytesOf(report));
      for (const { offset, usage } of own)
        if (lit(usage)) data[offset >> 3] = (data[offset >> 3] ?? 0) | (1 << (offset & 7));
      if (shown.get(reportId) === data.join()) continue;
      shown.set(reportId, data.join());
      void device.sendReport(reportId, data).catch(() => undefined);
    }
  }

  return { show, leave: () => device.removeEventListener('inputreport', hear) };
}

/** What a headset says by itself, e.g. that the lamp we lit took it off the hook, is no press: it asks for what is so already. */
function pressedAction({ usage, absolute }: HidBit, on: boolean, phone: PhoneControls): ControlAction | null {
  const { ringing, active, muted } = phone;
  if (usage === PHONE_MUTE) {
    if (!active || (!absolute && !on) || (absolute && on === muted)) return null;
    return muted ? 'unmute' : 'mute';
  }
  if (!absolute) return !on ? null : ringing && !active ? 'answer' : active ? 'hang-up' : null;
  if (on) return ringing && !active ? 'answer' : null;
  return active ? 'hang-up' : null;
}
