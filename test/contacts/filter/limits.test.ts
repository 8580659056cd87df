import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { readFilter } from '../../../src/contacts/filter/read-filter.ts'
import { selectedIds } from '../../../src/contacts/select-ids.ts'
import { openDatabase } from '../../../src/db/client.ts'
import { emptyStorage } from '../../helpers/database.ts'

beforeEach(emptyStorage)

const TODAY = '2026-11-24'
/** 200 characters, as many as a search may have, nearly all of them letters with a capital. */
const LETTERS = Array.from({ length: 200 }, (_, index) => String.fromCodePoint(0x400 + index)).join(
  '',
)

/** Every key of the page, with a value that makes its SQL as large as it can be. */
const everyKey: Readonly<Record<string, unknown>> = {
  account_list_id: ['a0000000-0000-4000-8000-000000000001'],
  status: ['active', 'hidden', 'null'],
  status_valid: 'true',
  ids: Array.from({ length: 500 }, () => crypto.randomUUID()),
  not_ids: Array.from({ length: 500 }, () => crypto.randomUUID()),
  name_like: LETTERS,
  wildcard_search: LETTERS.replaceAll('Ж', ' '),
  notes: { wildcard_note_search: LETTERS },
  tags: [LETTERS, 'a'],
  exclude_tags: [LETTERS, 'b'],
  likely: ['none', 'a'],
  church: ['none', 'a'],
  locale: ['null', 'en'],
  timezone: ['UTC'],
  referrer: ['any', 'none', crypto.randomUUID()],
  contact_type: 'person',
  newsletter: 'all',
  updated_at: '2022-01-01..2022-02-01',
  city: ['none', 'a'],
  state: ['none', 'a'],
  country: ['none', 'a'],
  region: ['none', 'a'],
  metro_area: ['none', 'a'],
  address_historic: 'true',
  primary_address: ['primary', 'active', 'inactive'],
  address_valid: 'false',
  contact_info_email: 'Yes',
  contact_info_phone: 'no',
  contact_info_mobile: 'Yes',
  contact_info_work_phone: 'Yes',
  contact_info_addr: 'Yes',
  contact_info_facebook: 'Yes',
  pledge_received: 'true',
  pledge_amount: [50],
  pledge_currency: ['USD'],
  pledge_frequency: [1],
  pledge_late_by: '30_60',
  started_giving_range: '2022-01-01..2022-02-01',
  stopped_giving_range: '2022-01-01..2022-02-01',
  gave_more_than_pledged_range: '2022-01-01..2022-02-01',
  pledge_amount_increased_range: '2022-01-01..2022-02-01',
  donation: ['none', 'one', 'first', 'last'],
  donation_amount: [50],
  donation_amount_range: { min: 5, max: 50 },
  donation_date: '2022-01-01..2022-02-01',
  donation_amount_recommendation: 'Yes',
  designation_account_id: [crypto.randomUUID()],
  related_task_action: ['Call'],
  tasks_all_completed: 'true',
  task_due_date: '2022-01-01..2022-02-01',
  appeal: ['no_appeals', crypto.randomUUID()],
  no_appeals: 'true',
}
const reversed = Object.fromEntries(
  Object.keys(everyKey)
    .filter((key) => key !== 'account_list_id')
    .map((key) => [`reverse_${key}`, 'true']),
)

it.each([
  ['plain', everyKey],
  ['under any_filter', { ...everyKey, any_filter: 'true' }],
  ['reversed', { ...everyKey, ...reversed }],
  ['reversed under any_filter', { ...everyKey, ...reversed, any_filter: 'true', any_tags: 'true' }],
])('keeps all keys at once, %s, within the limits of D1', async (_, filter) => {
  const read = readFilter(filter, TODAY)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const query = selectedIds(openDatabase(env.DB), {
    accountListIds: ['a0000000-0000-4000-8000-000000000001'],
    filter: read.filter,
    today: TODAY,
  })
  const { sql, params } = query.toSQL()
  expect(params.length).toBeLessThanOrEqual(100)
  expect(sql.length).toBeLessThanOrEqual(100_000)
  expect(sql).not.toMatch(/ (like|glob) /i)
  await expect(query).resolves.toEqual([])
})
