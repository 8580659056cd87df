import type { FilterKeyName, FilterModifierName } from './keys.ts'
import { ACTIVE_STATUSES, HIDDEN_STATUSES } from './statuses.ts'

/** What people are told of a key of the filter. */
export type KeyNote = {
  /** How a sentence goes on that begins with "selects contacts". */
  readonly selects: string
  /** A value as it stands in JSON. */
  readonly example: unknown
  /** Further values that mean something. */
  readonly values?: readonly string[]
}

const RANGE = '2022-01-01..2022-03-31'
const ID = 'a0000000-0000-4000-8000-000000000001'

/** Every key, in the order of docs/filter.md, which is generated from this list, as is the OpenAPI document. */
export const keyNotes: Readonly<Record<FilterModifierName | FilterKeyName, KeyNote>> = {
  account_list_id: { selects: 'of these account lists only', example: ID },
  any_filter: { selects: 'for which any one of the keys holds, instead of all', example: 'true' },
  any_tags: { selects: 'with any one of `tags`, instead of all', example: 'true' },

  status: {
    selects: 'with one of these statuses; `active`, `hidden`, `null` stand for several or none',
    example: 'active,Never Ask',
    values: ['active', 'hidden', 'null', ...ACTIVE_STATUSES, ...HIDDEN_STATUSES],
  },
  status_valid: { selects: 'by that flag', example: 'false' },
  ids: { selects: 'that are in the list', example: [ID] },
  not_ids: { selects: 'that are not in the list', example: [ID] },
  name_like: { selects: 'whose name starts so', example: 'smi' },
  wildcard_search: {
    selects: 'of whose name, people, e-mail, phone or donor number it is a part',
    example: 'john smith',
  },
  notes: { selects: 'whose notes contain it', example: { wildcard_note_search: 'camp' } },
  tags: { selects: 'with all of the tags', example: 'a,"b, c"' },
  exclude_tags: { selects: 'with none of the tags', example: ['a', 'b, c'] },
  likely: {
    selects: 'that are so likely to give; `none` is nothing there',
    example: 'none,Likely',
  },
  church: { selects: 'of these churches; `none` is nothing there', example: 'none,Grace Chapel' },
  locale: { selects: 'of these locales; `null` is nothing there', example: 'en,null' },
  timezone: { selects: 'in these time zones', example: 'UTC' },
  referrer: {
    selects: 'that were referred (`any`), were not (`none`), or by whom',
    example: 'any',
    values: ['any', 'none'],
  },
  contact_type: { selects: 'that are persons, companies, or either', example: 'person,company' },
  newsletter: { selects: 'by what they receive', example: 'address' },
  updated_at: { selects: 'changed in that time', example: '2022-01-01..' },

  city: { selects: 'with an address there; `none` is nothing there', example: 'Springfield,none' },
  state: { selects: 'with an address there; `none` is nothing there', example: 'IL' },
  country: { selects: 'with an address there; `none` is nothing there', example: 'United States' },
  region: { selects: 'with an address there; `none` is nothing there', example: 'Midwest' },
  metro_area: { selects: 'with an address there; `none` is nothing there', example: 'Chicago' },
  address_historic: {
    selects: 'with a historic address; changes the keys above, too',
    example: 'true',
  },
  primary_address: { selects: 'with such an address', example: 'primary,inactive' },
  address_valid: {
    selects: 'with an address that is not valid, or two primary ones; `true` is no filter',
    example: 'false',
  },

  contact_info_email: { selects: 'that have an e-mail address, or have not', example: 'Yes' },
  contact_info_phone: { selects: 'that have a phone at home, or have not', example: 'Yes' },
  contact_info_mobile: { selects: 'that have a mobile phone, or have not', example: 'Yes' },
  contact_info_work_phone: { selects: 'that have a phone at work, or have not', example: 'No' },
  contact_info_addr: { selects: 'that have an address with a street, or have not', example: 'Yes' },
  contact_info_facebook: { selects: 'that have a Facebook account, or have not', example: 'No' },

  pledge_received: { selects: 'by that flag', example: 'true' },
  pledge_amount: { selects: 'with one of these amounts', example: '50,100.5' },
  pledge_currency: {
    selects: "with one of these currencies, the account list's own where none is stored",
    example: 'USD',
  },
  pledge_frequency: {
    selects: 'with one of these numbers of months between gifts',
    example: '1,0.23076923076923',
  },
  pledge_late_by: { selects: 'financial partners so many days late', example: '30_60' },
  started_giving_range: { selects: 'with a commitment, whose first gift was then', example: RANGE },
  stopped_giving_range: { selects: 'regular givers whose last gift was then', example: RANGE },
  gave_more_than_pledged_range: {
    selects: 'who gave more than they committed to',
    example: RANGE,
  },
  pledge_amount_increased_range: {
    selects: 'whose commitment is above any of that time',
    example: { start: '2022-01-01' },
  },

  donation: {
    selects: 'without gifts (`none`), with one, or by their first or last',
    example: 'first,last',
  },
  donation_amount: { selects: 'with a gift of such an amount', example: '50,100' },
  donation_amount_range: {
    selects: 'with a gift between the two',
    example: { min: '$1,000', max: 5000 },
  },
  donation_date: { selects: 'with a gift then', example: '2022-01-12' },
  donation_amount_recommendation: {
    selects: 'to whom more than the commitment is recommended, or is not',
    example: 'Yes',
  },
  designation_account_id: { selects: 'with a gift to one of these accounts', example: [ID] },

  related_task_action: {
    selects: 'with such a task still to do; `none`: with none',
    example: 'Call,Email',
  },
  tasks_all_completed: {
    selects: 'with no task still to do; `false` is no filter',
    example: 'true',
  },
  task_due_date: { selects: 'with a task due then', example: '2022-01-12...2022-01-20' },
  appeal: {
    selects: 'in one of the appeals, or that want none (`no_appeals`)',
    example: [ID, 'no_appeals'],
  },
  no_appeals: { selects: 'by that flag', example: 'true' },
}
