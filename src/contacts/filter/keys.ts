import type { ZodType } from 'zod'
import { commitmentKeys } from './commitment-keys.ts'
import { contactKeys } from './contact-keys.ts'
import type { FilterKey } from './filter-key.ts'
import { flag, ids, notYet } from './values.ts'

/** Every key that selects contacts, by its name in snake_case. */
export const filterKeys: ReadonlyMap<string, FilterKey> = new Map(
  Object.entries({ ...contactKeys, ...commitmentKeys }),
)

/** What else a filter holds: its scope, and what changes the meaning of keys. */
const modifiers: ReadonlyMap<string, ZodType> = new Map<string, ZodType>([
  ['account_list_id', ids],
  ['any_tags', flag],
])

const keysNotYet = new Set(
  `any_filter status_valid wildcard_search notes likely church locale timezone referrer contact_type updated_at
  city state country region metro_area address_historic primary_address address_valid contact_info_email
  contact_info_phone contact_info_mobile contact_info_work_phone contact_info_addr contact_info_facebook
  pledge_amount pledge_currency pledge_frequency pledge_late_by started_giving_range stopped_giving_range
  gave_more_than_pledged_range pledge_amount_increased_range donation donation_amount donation_amount_range
  donation_date donation_amount_recommendation designation_account_id related_task_action tasks_all_completed
  task_due_date appeal no_appeals`.split(/\s+/),
)

/** How the value of a key is read, by the key's name in snake_case; `undefined` for a key that means nothing. */
export function schemaOf(name: string): ZodType | undefined {
  const key = name.replace(/^reverse_/, '')
  if (keysNotYet.has(key)) return notYet
  if (key === name) return filterKeys.get(name)?.schema ?? modifiers.get(name)
  return filterKeys.has(key) ? flag : undefined
}
