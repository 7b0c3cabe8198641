/**
 * Emergency numbers beside 112 and 911, which every mobile network and most exchanges understand, and which are therefore
 * treated as such everywhere (3GPP TS 22.101 §10.1.1; national numbers from ITU-T E.129 notifications).
 */
// prettier-ignore
const BY_COUNTRY: Readonly<Record<string, string>> = {
  AE: '997 998 999', AR: '100 101 107', AT: '122 133 140 144', AU: '000 106', BD: '999', BE: '100 101', BH: '999',
  BR: '190 192 193', BW: '997 998 999', CH: '117 118 144', CL: '131 132 133', CN: '110 119 120 122', CO: '123',
  CZ: '150 155 156 158', DE: '110', EG: '122 123 180', ES: '061 080 091', FR: '15 17 18 114 115 119', GB: '999',
  GG: '999', GH: '999', GI: '190 199', GR: '100 108 166 199', HK: '999', HR: '192 193 194', HU: '104 105 107',
  ID: '110 113 118 119', IE: '999', IL: '100 101 102', IM: '999', IN: '100 101 102 108', IR: '110 115 125',
  IT: '113 115 118', JE: '999', JM: '110 119', JP: '110 118 119', KE: '999', KR: '119', KW: '999', KZ: '101 102 103',
  LK: '110 119', LU: '113', MA: '15 19 177', MO: '999', MU: '114 115 999', MY: '999', NG: '199 767', NO: '110 113',
  NZ: '111', OM: '9999', PE: '105 106 116', PH: '117', PK: '15 16 115 1122', PL: '997 998 999', QA: '999',
  RU: '101 102 103', SA: '997 998 999', SG: '995 999', SK: '150 155 158', TH: '191 199 1669', TN: '190 193 197 198',
  TR: '110 155 156', TT: '990 999', TW: '110 119', TZ: '114 115', UA: '101 102 103', UG: '999', UY: '104 105 109',
  VE: '171', VN: '113 114 115', ZA: '10111 10177', ZM: '991 993 999', ZW: '993 994 995 999',
};

/** Tells whether the digits reach emergency services in a country. Such a number is dialed as it is, whatever the rules. */
export function emergency(digits: string, country: string): boolean {
  if (digits === '112' || digits === '911') return true;
  return BY_COUNTRY[country.toUpperCase()]?.split(' ').includes(digits) ?? false;
}
