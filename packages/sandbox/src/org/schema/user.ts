import { field, personName, picklist, READ_ONLY, REQUIRED, systemFields } from './field.ts';
import { object, type ObjectSchema } from './object.ts';

/** User: the people who work in the org. Only an admin makes them, so the API reads and changes, no more. */
export function userSchema(): ObjectSchema {
  return object({
    name: 'User',
    keyPrefix: '005',
    searchable: true,
    deletable: false,
    fields: [
      ...systemFields('User').filter(({ describe }) => describe.name !== 'IsDeleted'),
      field('Username', 'string', 'Username', { ...REQUIRED, length: 80, unique: true, idLookup: true }),
      ...personName().filter(({ describe }) => describe.name !== 'Salutation'),
      field('Alias', 'string', 'Alias', { ...REQUIRED, length: 8 }),
      field('CommunityNickname', 'string', 'Nickname', { ...REQUIRED, length: 40 }),
      field('Title', 'string', 'Title', { length: 80 }),
      field('Department', 'string', 'Department', { length: 80 }),
      field('CompanyName', 'string', 'Company Name', { length: 80 }),
      field('Email', 'email', 'Email', { ...REQUIRED, length: 128 }),
      field('Phone', 'phone', 'Phone'),
      field('Extension', 'phone', 'Extension'),
      field('MobilePhone', 'phone', 'Mobile Phone'),
      field('IsActive', 'boolean', 'Active', { defaultValue: true }),
      picklist(
        'TimeZoneSidKey',
        'Time Zone',
        ['America/Los_Angeles', 'America/New_York', 'Europe/London', 'Europe/Berlin', 'Asia/Tokyo'],
        { ...REQUIRED, restrictedPicklist: true },
      ),
      picklist('LocaleSidKey', 'Locale', ['en_US', 'en_GB', 'de_DE', 'ja_JP', 'ar'], {
        ...REQUIRED,
        restrictedPicklist: true,
      }),
      picklist('LanguageLocaleKey', 'Language', ['en_US', 'de', 'ja', 'ar'], { ...REQUIRED, restrictedPicklist: true }),
      picklist('EmailEncodingKey', 'Email Encoding', ['UTF-8'], { ...REQUIRED, restrictedPicklist: true }),
      picklist('UserType', 'User Type', ['Standard'], { ...READ_ONLY, restrictedPicklist: true }),
      field('LastLoginDate', 'datetime', 'Last Login', READ_ONLY),
    ],
  });
}
