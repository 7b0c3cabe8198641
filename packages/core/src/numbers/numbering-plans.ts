/** What the table knows about one country calling code. */
export interface NumberingPlan {
  /** Digits after the plus, e.g. `44`. */
  readonly callingCode: string;
  /** ISO 3166 regions that share the code, the main one first; empty for satellite and other worldwide services. */
  readonly regions: readonly string[];
  /** What is dialed before a national number inside the country: `0`, `1`, `8`, `06`, or nothing. */
  readonly trunk: string;
  /** Possible lengths of the national significant number, ascending. Coarse: lengths only, not ranges in use. */
  readonly lengths: readonly number[];
}

/**
 * Every geographic and worldwide calling code of ITU-T E.164, grouped by what is dialed before a national number
 * (`-` for nothing) and by possible lengths (hexadecimal digits), each followed by its regions (E.164 list of assigned
 * country codes; trunk prefixes from ITU operational bulletins; lengths as in Google's libphonenumber metadata,
 * narrowed where a rarely used service length would make everyday numbers ambiguous).
 */
const TABLE = `1a 1USAGAIASBBBMBSCADMDOGDGUJMKNKYLCMPMSPRSXTCTTVCVGVI
089a 20EG 60MY 81JP 855KH 856LA 964IQ 970PS
-89a 976MN
09 211SS 212MAEH 218LY 249SD 251ET 255TZ 256UG 260ZM 261MG 262REYT 33FR 590GPBLMF 594GF 596MQ 93AF 94LK 994AZ 995GE
089 213DZ 233GH 250RW 264NA 32BE 377MC 382ME 387BA 51PE 962JO 963SY
-8 216TN 222MR 223ML 226BF 227NE 228TG 235TD 236CF 253DJ 257BI 266LS 350GI 356MT 357CY 371LV 45DK 505NI 509HT 800 808 973BH
-79 220GM 245GW 354IS
-9 221SN 240GQ 242CG 244AO 34ES 351PT 979 992TJ 998UZ
-89 224GN 237CM 258MZ 268SZ 591BO
-a 225CI 229BJ 52MX
-abc 30GR
-78a 230MU 267BW 372EE
0789 231LR 385HR 967YE
08 232SL 370LT 373MD 374AM 389MK
08a 850KP
0abc 234NG
-7 238CV 239ST 246IO 248SC 269KM 297AW 592GY 673BN 674NR 680PW 691FM
-78 241GA 599CWBQ 670TL 675PG 853MO 965KW 975BT
0789a 243CD 254KE 353IE 84VN
-56 247AC
06789 355AL
-6789 252SO
079a 263ZW 44GBGGIMJE
079 265MW 423LI
056789a 27ZA 64NZ
-45 290SHTA
07 291ER
-6 298FO 299GL 672NF 687NC
056789ab 31NL
-456789ab 352LU
056789abc 358FIAX 971AE
06789c 359BG
689 36HU
89 375BY
-689 376AD 689PF
-8a 378SM 506CR
09a 380UA 966SA 996KG
06789abc 381RS
089abc 383XK 92PK
05678 386SI
-6789abc 39ITVA
069 40RO 508PM
09c 41CH
-9abc 420CZ
0679 421SK
056789abcd 43AT
06789ac 46SE
-58 47NOSJ
-6789a 48PL
0456789abcd 49DE
-5 500FK 682CK
-7b 501BZ 679FJ
-8b 502GT 504HN
-78b 503SV
-78ab 507PA
0678a 53CU
0ab 54AR
08ab 55BR
089abcd 91IN
-9ab 56CL
08ab 57CO 977NP
0a 58VE
089ab 593EC 82KR
0789abc 86CN
06789ab 595PY
-67 597SR
0456789abc 598UY
0569a 61AUCCCX
0789abcd 62ID
0689abcd 63PH
-8b 65SG
089ad 66TH
-57 676TO 677SB 678VU
-69 681WF
-47 683NU
-567a 685WS
058 686KI
-567 688TV
-4567 690TK
17 692MH
8a 7RUKZ
-56789b 852HK
-9c 870
-c 878
06789a 880BD 95MM
-9a 881
-789abc 882
-89abc 883
0789ab 886TW
-b 888
07acd 90TR
-7a 960MV
078 961LB
-789 968OM
0789abc 972IL
-789b 974QA
04567a 98IR
88 993TM`;

/** Island codes whose everyday national numbers are as short as an extension elsewhere. */
const SHORT_PLANS = ' 247 290 298 299 376 500 672 681 682 687 688 690 ';

/** Prefixes to dial abroad where they are not `00`; a dot stands for any digit (a carrier's). */
const INTERNATIONAL_PREFIXES =
  'AU0011 BR00.. BY810 CC0011 CL1..0 CO009 CU119 CX0011 GY001 HK001 ID00. IL01. JP010 KE000 KH00. KR00. KZ810 MH011 MN001 ' +
  'MU020 MX00 NG009 PW011 RU810 SG00. TH00. TJ810 TM810 TW00. TZ00. UG00.';

interface Plans {
  readonly byCode: ReadonlyMap<string, NumberingPlan>;
  readonly byRegion: ReadonlyMap<string, NumberingPlan>;
  readonly abroad: ReadonlyMap<string, string>;
}

let plans: Plans | undefined;

function readPlans(): Plans {
  const byCode = new Map<string, NumberingPlan>();
  const byRegion = new Map<string, NumberingPlan>();
  for (const line of TABLE.split('\n')) {
    const [head = '', ...members] = line.split(' ');
    // Hungary is the one country with a trunk prefix of two digits.
    const hungary = members[0] === '36HU';
    const trunk = hungary ? '06' : head.startsWith('-') ? '' : head.slice(0, 1);
    const lengths = [...head.slice(1)].map((digit) => Number.parseInt(digit, 16));
    for (const member of members) {
      const callingCode = /^\d+/.exec(member)?.[0] ?? '';
      const regions = member.slice(callingCode.length).match(/../g) ?? [];
      const plan = { callingCode, regions, trunk, lengths };
      byCode.set(callingCode, plan);
      for (const region of regions) byRegion.set(region, plan);
    }
  }
  const abroad = new Map(INTERNATIONAL_PREFIXES.split(' ').map((entry) => [entry.slice(0, 2), entry.slice(2)]));
  return { byCode, byRegion, abroad };
}

function table(): Plans {
  return (plans ??= readPlans());
}

/** The plan of an ISO 3166 region (`US`, any case), or undefined for one that is not in the table. */
export function planOfRegion(region: string): NumberingPlan | undefined {
  return table().byRegion.get(region) ?? table().byRegion.get(region.toUpperCase());
}

/** The plan whose calling code these international digits begin with. Calling codes are prefix-free, so there is one. */
export function planOfDigits(digits: string): NumberingPlan | undefined {
  const { byCode } = table();
  return byCode.get(digits.slice(0, 1)) ?? byCode.get(digits.slice(0, 2)) ?? byCode.get(digits.slice(0, 3));
}

/** All plans of the table, one per calling code. */
export function allPlans(): NumberingPlan[] {
  return [...table().byCode.values()];
}

/** The prefix to dial abroad from a region; a dot stands for any digit. */
export function internationalPrefixOf(region: string): string {
  const upper = region.toUpperCase();
  return table().abroad.get(upper) ?? (planOfRegion(upper)?.callingCode === '1' ? '011' : '00');
}

/** The longest bare number that is an internal extension or short code in this plan rather than a subscriber's. */
export function extensionDigitsOf(plan: NumberingPlan | undefined): number {
  const shortest = plan?.lengths[0];
  return plan && shortest && SHORT_PLANS.includes(` ${plan.callingCode} `) ? shortest - 1 : 6;
}
