import {
  ACTIONS,
  AMOUNTS,
  DAYS,
  FREQUENCIES,
  NAMES,
  STATUSES,
  TIMES,
  WORDS,
  type Chance,
} from './random-world.ts'
import type { World } from './world.ts'

/** Keys of which one row has to satisfy all: only together do they show whether it does. */
const GROUPS = [
  ['city', 'state', 'country', 'region', 'metro_area', 'primary_address', 'address_historic'],
  ['donation', 'donation_amount', 'donation_amount_range', 'donation_date'],
  ['related_task_action', 'task_due_date'],
]

/** A filter of one to four keys, in any form that the page allows, and now and then in one that it does not. */
export function randomFilter(chance: Chance, world: World): unknown {
  const { between, one, percent } = chance
  const values = valuesOf(chance, world)
  const names = percent(25) ? one(GROUPS) : Object.keys(values)
  const filter: Record<string, unknown> = {}
  for (let count = between(1, 4); count > 0; count -= 1) {
    const name = one(names)
    filter[spelled(chance, name)] = percent(3)
      ? one(['', null, [], {}, ' , ', { x: 1 }, 'nonsense', 7, true, [null], '2022-02-30'])
      : values[name]?.()
    if (percent(25))
      filter[spelled(chance, `reverse_${name}`)] = one(['true', true, 'true', 'false', ''])
  }
  if (percent(25)) filter['any_filter'] = one(['true', true, 'false'])
  if (percent(15)) filter['any_tags'] = one(['true', true, 'false', false])
  if (percent(15)) filter['account_list_id'] = lists(chance, world)
  if (percent(3)) filter['something_else'] = 'x'
  return percent(20) ? JSON.stringify(filter) : filter
}

function spelled({ percent, one }: Chance, name: string): string {
  if (percent(85)) return name
  const [first = '', ...others] = name.split('_')
  const camel =
    first + others.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join('')
  return one([camel, name.replaceAll('_', '-')])
}

function lists({ one, percent, uuid }: Chance, world: World): unknown {
  const id = percent(90) ? one(world.account_lists).id : uuid()
  return one([id, [id], id.toUpperCase(), `${id},${one(world.account_lists).id}`])
}

/** For each key a maker of values. */
function valuesOf(chance: Chance, world: World): Record<string, () => unknown> {
  const { between, one, percent, some, uuid } = chance
  const quoted = (item: string): string =>
    /[",]/.test(item) || percent(10) ? `"${item.replaceAll('"', '""')}"` : item
  const listOf =
    (items: readonly (string | number | null)[], extra: readonly string[] = []) =>
    () => {
      const chosen = some([...items.filter((item) => item !== null), ...extra], 3)
      return percent(60)
        ? chosen.map((item) => quoted(String(item))).join(one([',', ', ']))
        : chosen
    }
  const idsOf =
    (rows: readonly { id: string }[], extra: readonly string[] = []) =>
    () => {
      const ids = some(rows, one([1, 3, 10])).map(({ id }) => (percent(10) ? id.toUpperCase() : id))
      const all = [...ids, ...some(extra, 1), ...(percent(10) ? [uuid(), 'no uuid'] : [])]
      return percent(50) ? all.join(',') : all
    }
  const flag = () => one(['true', 'false', true, false, ' true '])
  const yesNo = () => one(['Yes', 'No', 'yes', 'NO'])
  const text = (): string => {
    const name = one(NAMES)
    const from = between(0, 2)
    return percent(50)
      ? name
      : Array.from(name)
          .slice(from, from + between(1, 4))
          .join('')
  }
  const moment = (): string =>
    percent(60)
      ? one(DAYS)
      : one(TIMES).replace('Z', one(['Z', '.5Z', '+00:00', '+02:00', '-08:30']))
  const range = (): unknown => {
    const [start, end] = percent(90) ? [moment(), moment()].toSorted() : [moment(), moment()]
    return one<unknown>([
      start,
      `${start}..${end}`,
      `${start}..${end}`,
      `${start}...${end}`,
      { start, end },
      { start },
      { end },
      { start: '', end },
    ])
  }
  const number = (): unknown =>
    one([one(AMOUNTS), String(one(AMOUNTS)), listOf(AMOUNTS)(), '50.00'])
  const word =
    (...words: string[]) =>
    () =>
      one(words)
  const field = listOf(WORDS, ['none'])

  return {
    status: listOf(STATUSES, ['active', 'hidden', 'null']),
    status_valid: flag,
    ids: idsOf(world.contacts),
    not_ids: idsOf(world.contacts),
    name_like: text,
    wildcard_search: () =>
      percent(60) ? text() : one(['k', 'john', '123', '-', '12é', `${text()} ${text()}`, 'É@']),
    notes: () =>
      one<unknown>([text(), { wildcard_note_search: text() }, { wildcardNoteSearch: text() }]),
    tags: listOf(WORDS),
    exclude_tags: listOf(WORDS),
    likely: field,
    church: field,
    locale: listOf(WORDS),
    timezone: listOf(WORDS),
    referrer: idsOf(world.contacts, ['any', 'none']),
    contact_type: word('person', 'company'),
    newsletter: word(
      'all',
      'no_value',
      'none',
      'address',
      'email',
      'address_only',
      'email_only',
      'both',
    ),
    updated_at: range,
    city: field,
    state: field,
    country: field,
    region: field,
    metro_area: field,
    address_historic: flag,
    primary_address: listOf(['primary', 'active', 'inactive'], percent(20) ? ['null'] : []),
    address_valid: flag,
    contact_info_email: yesNo,
    contact_info_phone: yesNo,
    contact_info_mobile: yesNo,
    contact_info_work_phone: yesNo,
    contact_info_addr: yesNo,
    contact_info_facebook: yesNo,
    pledge_received: flag,
    pledge_amount: number,
    pledge_currency: listOf(['USD', 'EUR', 'usd']),
    pledge_frequency: () => one([listOf(FREQUENCIES, ['null'])(), 1, '0.2308', 'null']),
    pledge_late_by: () => one(['0', '30', '30_60', '0_400', '60_30', 90, '31_31']),
    started_giving_range: range,
    stopped_giving_range: () =>
      percent(30) ? range() : `2023-01-01..${one(['2023-12-31', '2024-02-29', '2024-03-01'])}`,
    gave_more_than_pledged_range: range,
    pledge_amount_increased_range: range,
    donation: () =>
      one<unknown>([listOf(['none', 'one', 'first', 'last'])(), 'first', 'last', 'none']),
    donation_amount: number,
    donation_amount_range: () =>
      one<unknown>([
        { min: 5, max: 50 },
        { min: '$50' },
        { max: '1,000.0' },
        { min: 60, max: 50 },
        { min: 'x' },
        { min: '', max: 50 },
      ]),
    donation_date: range,
    donation_amount_recommendation: word('Yes', 'No'),
    designation_account_id: idsOf(world.designation_accounts),
    related_task_action: listOf(ACTIONS, percent(30) ? ['null'] : []),
    tasks_all_completed: flag,
    task_due_date: range,
    appeal: idsOf(world.appeals, ['no_appeals']),
    no_appeals: flag,
  }
}
