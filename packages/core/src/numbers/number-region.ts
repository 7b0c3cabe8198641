import type { ResolvedNumber } from './numbering-rules.ts';

/** Area codes of North America that are not the United States' (NANPA), and leading digits of islands that share a code. */
const LEADING_DIGITS =
  'CA204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 460 468 474 506 514 519 ' +
  '548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942,' +
  'AG268,AI264,AS684,BB246,BM441,BS242,DM767,DO809 829 849,GD473,GU671,JM658 876,KN869,KY345,LC758,MP670,MS664,' +
  'PR787 939,SX721,TC649,TT868,VC784,VG284,VI340,KZ6 7,GG1481 7781 7839 7911,IM1624 7524 7624 7924,' +
  'JE1534 7509 7700 7797 7829 7937,VA06698,SJ79,AX18,TA8,BQ3 4 7,EH5288 5289,YT269 639';

let leadingDigits: ReadonlyMap<string, string> | undefined;

function readLeadingDigits(): Map<string, string> {
  const byDigits = new Map<string, string>();
  for (const entry of LEADING_DIGITS.split(',')) {
    // Regions of different calling codes never meet: the caller asks only for those of the number's own plan.
    for (const digits of entry.slice(2).split(' '))
      byDigits.set(digits, `${byDigits.get(digits) ?? ''}${entry.slice(0, 2)}`);
  }
  return byDigits;
}

/** The ISO 3166 region of a number, by its leading digits where several share the calling code; none for worldwide codes. */
export function regionOf({ plan, national }: ResolvedNumber): string | undefined {
  if (plan.regions.length > 1) {
    leadingDigits ??= readLeadingDigits();
    for (let length = 5; length > 0; length--) {
      const named = leadingDigits.get(national.slice(0, length))?.match(/../g);
      const region = named?.find((candidate) => plan.regions.includes(candidate));
      if (region) return region;
    }
  }
  return plan.regions[0];
}
