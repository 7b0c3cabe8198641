import type { Policy } from '../policy.ts';

/** What holds where nothing else is said: nothing is guessed, nothing is created by itself, everything else is logged. */
export const defaultPolicy: Policy = {
  version: 1,
  name: 'default',
  country: 'US',
  dialing: { mode: 'confirm', format: 'e164' },
  match: { order: ['Contact', 'PersonAccount', 'Lead', 'Account'], several: 'choose' },
  log: {
    exclude: {
      unknownNumber: false,
      cancelledWithinMs: 0,
      internal: false,
      answeredElsewhere: false,
      redirected: false,
    },
    unknown: 'hold',
    subject: 'Call with {name}',
  },
  pop: { at: 'ringing', several: 'none', unknown: 'nothing', newKind: 'Lead' },
  lists: { all: 0, missed: 0, received: 0, dialed: 0, favorites: 50 },
  notes: {
    autoSave: true,
    quick: ['Left a voicemail.', 'Asked to call back.', 'Wrong number.', 'Sent information.', 'Not interested.'],
  },
  calls: {
    busy: 'wait',
    decline: 'declined',
    max: 6,
    holdRecallMs: 120_000,
    voicemail: '',
    callerId: 'p-preferred-identity',
    recording: 'on-demand',
  },
  conference: { max: 5, bridge: '' },
  availability: {
    dnd: 'decline',
    reasons: [],
    publish: true,
    codes: { dndOn: '', dndOff: '', forwardOn: '', forwardOff: '' },
  },
  profile: 'regular',
  retentionDays: 90,
};
