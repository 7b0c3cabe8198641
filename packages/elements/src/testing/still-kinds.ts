import type { Crm } from '@multiline/core';

/** The kinds of records that a still CRM has. */
export const kinds: Crm['kinds'] = [
  { name: 'Contact', label: 'Contact', icon: 'person', creatable: true, loggable: true },
  { name: 'PersonAccount', label: 'Person Account', icon: 'person', creatable: false, loggable: true },
  { name: 'Lead', label: 'Lead', icon: 'lead', creatable: true, loggable: true },
  { name: 'Account', label: 'Account', icon: 'account', creatable: false, loggable: true },
  { name: 'Colleague', label: 'Colleague', icon: 'colleague', creatable: false, loggable: false },
];
