import type { Row } from './exchange.ts';

/** How many people are made beside the named ones. */
export const GENERATED_PEOPLE = 2000;

const FIRST = [
  'Amara',
  'Bruno',
  'Chiara',
  'Dmitri',
  'Elif',
  'Farid',
  'Greta',
  'Hiro',
  'Ingrid',
  'Jonas',
  'Kemal',
  'Leila',
  'Marek',
  'Nadia',
  'Oskar',
  'Paloma',
  'Quentin',
  'Rosa',
  'Søren',
  'Tomás',
  'Ursula',
  'Vikram',
  'Wanda',
  'Ximena',
  'Yusuf',
  'Zoë',
  'Łukasz',
  'ليلى',
  '美咲',
  'Ωριάνα',
];
const LAST = [
  'Abara',
  'Brandt',
  'Castillo',
  "D'Angelo",
  'Eriksen',
  'Fischer',
  'García',
  'Hoang',
  'Ivanova',
  'Jensen',
  'Kowalski',
  'Lindqvist',
  'Moreau',
  'Nakamura',
  "O'Neil",
  'Papadakis',
  'Quispe',
  'Rossi',
  'Şahin',
  'Tanaka',
  'Ueda',
  'van der Berg',
  'Weiss',
  'Xu',
  'Yıldız',
  'Zhang',
  'العلي',
];
const COMPANIES = [
  'Harbor',
  'Summit',
  'Juniper',
  'Copper',
  'Lantern',
  'Meridian',
  'Orchard',
  'Pioneer',
  'Quarry',
  'Riverside',
];
const TRADES = [
  'Books',
  'Logistics',
  'Clinics',
  'Foods',
  'Tools',
  'Travel',
  'Energy',
  'Textiles',
  'Software',
  'Studios',
];
/** Area codes whose 555-0100 to 555-0199 are reserved for fiction. */
const AREAS = [201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 216, 217, 218, 219, 224, 225, 228, 229];

/** A generated person: which object, and the fields. Contacts name their company in place of an account id. */
export interface GeneratedPerson {
  readonly object: 'Contact' | 'Lead' | 'Account';
  readonly fields: Row;
  readonly company: string;
}

/** The names of the companies the generated people work for. */
export function generatedCompanies(): string[] {
  return COMPANIES.flatMap((name) => TRADES.map((trade) => `${name} ${trade}`));
}

/**
 * The n-th generated person (0 to 1,999), the same in every sandbox. No two share a number, and the numbers are
 * written in the many ways people write them.
 */
export function generatedPerson(index: number): GeneratedPerson {
  const companies = generatedCompanies();
  const company = companies[(index * 7) % companies.length] ?? 'Harbor Books';
  const area = AREAS[Math.floor(index / 100)] ?? 201;
  const line = `01${String(index % 100).padStart(2, '0')}`;
  const name = {
    FirstName: FIRST[(index * 11) % FIRST.length] ?? null,
    LastName: LAST[(index * 13 + Math.floor(index / 30)) % LAST.length] ?? null,
  };
  const phone = written(area, line, index);
  const kind = index % 10;
  if (kind < 5) {
    const number = kind === 3 ? { MobilePhone: phone } : { Phone: phone };
    return { object: 'Contact', company, fields: { ...name, ...number, Email: `person${index}@example.com` } };
  }
  if (kind < 9) return { object: 'Lead', company, fields: { ...name, Phone: phone, Company: company } };
  return { object: 'Account', company, fields: { ...name, PersonMobilePhone: phone } };
}

function written(area: number, line: string, index: number): string {
  const forms = [
    `(${area}) 555-${line}`,
    `+1${area}555${line}`,
    `${area}.555.${line}`,
    `${area}-555-${line}`,
    `1 ${area} 555 ${line}`,
    `+1 (${area}) 555-${line}`,
    `${area}555${line}`,
    `001 ${area} 555 ${line}`,
  ];
  return forms[index % forms.length] ?? '';
}
