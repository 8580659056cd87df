/** The statuses of contacts that are worked with (MPDX, `Contact::ACTIVE_STATUSES`). */
export const ACTIVE_STATUSES = [
  'Never Contacted',
  'Ask in Future',
  'Cultivate Relationship',
  'Contact for Appointment',
  'Appointment Scheduled',
  'Call for Decision',
  'Partner - Financial',
  'Partner - Special',
  'Partner - Pray',
]

/** Those of contacts that are done with. */
export const HIDDEN_STATUSES = [
  'Not Interested',
  'Unresponsive',
  'Never Ask',
  'Research Abandoned',
  'Expired Referral',
]
