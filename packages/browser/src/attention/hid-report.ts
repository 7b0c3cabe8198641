/** As WebHID has them (HIDReportItem, HIDReportInfo, HIDCollectionInfo): what is needed of them here. */
export interface HidItem {
  readonly isAbsolute?: boolean;
  readonly isRange?: boolean;
  /** Usage page in the upper, usage in the lower 16 bits. */
  readonly usages?: readonly number[];
  readonly usageMinimum?: number;
  readonly reportSize?: number;
  readonly reportCount?: number;
}
export interface HidReport {
  readonly reportId?: number;
  readonly items?: readonly HidItem[];
}
export interface HidCollection {
  readonly usagePage?: number;
  readonly inputReports?: readonly HidReport[];
  readonly outputReports?: readonly HidReport[];
  readonly children?: readonly HidCollection[];
}

/** HID Usage Tables 1.5: telephony page (0x0B) and LED page (0x08). */
export const TELEPHONY = 0x0b;
export const HOOK_SWITCH = 0x0b_0020;
export const PHONE_MUTE = 0x0b_002f;
export const LED_MUTE = 0x08_0009;
export const LED_OFF_HOOK = 0x08_0017;
export const LED_RING = 0x08_0018;

/** One bit of a report: where it is and what it means. */
export interface HidBit {
  readonly reportId: number;
  readonly usage: number;
  /** From the first bit of the report's data, its id left out. */
  readonly offset: number;
  /** A state; else a press, said by a one. */
  readonly absolute: boolean;
}

/** The bits of these reports that mean something to a phone. */
export function bitsOf(reports: readonly HidReport[], usages: readonly number[]): HidBit[] {
  return reports.flatMap(({ reportId = 0, items = [] }) => {
    let offset = 0;
    return items.flatMap((item) => {
      const { reportSize = 0, reportCount = 0, isAbsolute = true } = item;
      const begin = offset;
      offset += reportSize * reportCount;
      return Array.from({ length: reportCount }, (_, index): HidBit => {
        const usage = item.isRange ? (item.usageMinimum ?? 0) + index : (item.usages?.[index] ?? 0);
        return { reportId, usage, offset: begin + index * reportSize, absolute: isAbsolute };
      }).filter(({ usage }) => usages.includes(usage));
    });
  });
}

/** How many bytes a report has, its id left out. */
export function bytesOf({ items = [] }: HidReport): number {
  const bits = items.reduce((sum, { reportSize = 0, reportCount = 0 }) => sum + reportSize * reportCount, 0);
  return Math.ceil(bits / 8);
}

/** Every report of a device's telephony collections, nested ones too. */
export function telephonyReports(
  collections: readonly HidCollection[],
  which: 'inputReports' | 'outputReports',
  inside = false,
): HidReport[] {
  return collections.flatMap((collection) => {
    const phone = inside || collection.usagePage === TELEPHONY;
    const own = phone ? (collection[which] ?? []) : [];
    return [...own, ...telephonyReports(collection.children ?? [], which, phone)];
  });
}

export const bitAt = (data: DataView, offset: number): boolean =>
  offset >> 3 < data.byteLength && ((data.getUint8(offset >> 3) >> (offset & 7)) & 1) === 1;
