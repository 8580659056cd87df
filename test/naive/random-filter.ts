import {
  ACTIONS,
  AMOUNTS,
  DAYS,
  FREQUENCIES,
  NAMES,
  PLACES,
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

/** Values that are absent, or a 400, for most keys. */
const ODD: readonly unknown[] = [
  '',
  null,
  [],
  {},
  ' , ',
  '""',
  [''],
  'null',
  ['null'],
  'none',
  { x: 1 },
  'nonsense',
  7,
  -0,
  1e21,
  true,
  'TRUE',
  [null],
  [true],
  [['a']],
  '2022-02-30',
  { start: null },
  { min: null },
  'x'.repeat(201),
  ['', ' '],
  ',',
  '" ",',
  Array.from({ length: 201 }, (_, index) => index),
  Array.from({ length: 400 }, (_, index) => index % 200),
  Array.from({ length: 51 }, (_, index) => `tag ${index}`),
]

/** A filter of one to four keys, in any form that the page allows, and now and then in one that it does not. */
export function randomFilter(chance: Chance, world: World): unknown {
  const { between, one, percent } = chance
  const values = randomValues(chance, world)
  const names = percent(35) ? one(GROUPS) : Object.keys(values)
  const filter: Record<string, unknown> = {}
  for (let count = between(1, 4); count > 0; count -= 1) {
    const name = one(names)
    filter[spelled(chance, name)] = percent(4) ? one(ODD) : values[name]?.()
    if (percent(20)) {
      filter[spelled(chance, `reverse_${name}`)] = one(['true', true, ' true ', 'false', '', null])
    }
  }
  if (percent(30)) filter['status'] ??= 'active,hidden,null,Other'
  if (percent(3)) filter['reverse_status'] = 'true'
  if (percent(25)) filter[spelled(chance, 'any_filter')] = one(['true', true, 'true', 'false', ''])
  if (percent(15)) filter[spelled(chance, 'any_tags')] = one(['true', true, 'false', false])
  if (percent(15)) filter[spelled(chance, 'account_list_id')] = lists(chance, world)
  if (percent(3)) filter[one(['something_else', 'constructor', 'reverse_any_filter'])] = ['x']
  if (percent(80)) return filter
  const text = JSON.stringify(filter)
  return percent(80) ? text : repeated(chance, text)
}

/** The text with one of its members twice, the second time perhaps in another spelling. */
function repeated({ one }: Chance, text: string): string {
  const [name = 'x'] = Object.keys(Object(JSON.parse(text)))
  const escaped = `\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}`
  const again = `"${one([name, escaped])}":${one(['""', 'null', '"a"'])}`
  return text === '{}' ? text : `${text.slice(0, -1)},${again}}`
}

function spelled({ percent, one }: Chance, name: string): string {
  if (percent(85)) return name
  const parts = name.split('_').map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
  const [first = ''] = name
  return one([first + parts.join('').slice(1), parts.join(''), parts.join('-'), name.toUpperCase()])
}

function lists({ one, percent, uuid }: Chance, world: World): unknown {
  const id = percent(90) ? one(world.account_lists).id : uuid()
  const other = one(world.account_lists).id
  return one([id, id, [id], id.toUpperCase(), `${id},${other}`, [id, other, id], ` "${id}" ,`, ''])
}

/** For each key a maker of values. */
export function randomValues(
  chance: Chance,
  world: World,
): Readonly<Record<string, () => unknown>> {
  const { between, one, percent, some, uuid } = chance
  /** An item as it may stand in a text: in quotes where it has to, and sometimes where it need not. */
  const quoted = (item: string): string => {
    const blank = one(['', '', ' '])
    return /[",]/.test(item) || percent(15)
      ? `${blank}"${one(['', ' '])}${item.replaceAll('"', '""')}"${blank}`
      : `${blank}${item}${blank}`
  }
  const written = (items: readonly (string | number)[]): unknown => {
    if (percent(35)) return items
    if (items.length === 1 && percent(30)) return items[0]
    const parts = items.map((item) => quoted(String(item)))
    if (percent(15))
      parts.splice(between(0, parts.length), 0, one(['', ' ', '""', 'a"b', '"x', '" "']))
    return parts.join(',')
  }
  const listOf =
    (items: readonly (string | number | null)[], extra: readonly string[] = []) =>
    () => {
      const chosen = some([...items.filter((item) => item !== null), ...extra], one([1, 2, 4]))
      return written(percent(10) ? [...chosen, ...chosen] : chosen)
    }
  const idsOf =
    (rows: readonly { id: string }[], extra: readonly string[] = []) =>
    () => {
      const ids = some(rows, one([1, 3, 10])).map(({ id }) => (percent(10) ? id.toUpperCase() : id))
      return written([
        ...ids,
        ...some(extra, 1),
        ...(percent(10) ? [uuid(), 'no uuid', 'ANY'] : []),
      ])
    }
  const flag = () => one(['true', 'false', true, false, ' true ', 'True', 'FALSE'])
  const yesNo = () => one(['Yes', 'No', 'yes', 'NO', ' yEs'])
  const text = (): string => {
    const letters = Array.from(one(NAMES))
    const from = between(0, 2)
    const part = percent(50) ? letters : letters.slice(from, from + between(1, 4))
    const joined = part.join('')
    return one([joined, joined.toLowerCase(), joined.toUpperCase(), joined.normalize('NFD')])
  }
  const moment = (): string =>
    percent(55)
      ? one(DAYS)
      : one(TIMES).replace(
          'Z',
          one([
            'Z',
            '.5Z',
            '.999999Z',
            '+00:00',
            '-00:00',
            '+02:00',
            '-08:30',
            '.5+14:00',
            '+24:00',
          ]),
        )
  const range = (): unknown => {
    const [start = '', end = ''] = percent(90)
      ? [moment(), moment()].toSorted()
      : [moment(), moment()]
    return one<unknown>([
      start,
      ` ${start} `,
      `${start}..${end}`,
      `${start}..${end}`,
      `${start}...${end}`,
      `${start}...${start}`,
      `${start}..${start}`,
      { start, end },
      { Start: start, END: end },
      { start },
      { end },
      { start: '', end },
      { start, end: null },
      { min: start, max: end },
      { Max: end },
      `${start}..`,
      `..${end}`,
      `${start}...`,
      `...${end}`,
      percent(20)
        ? one(['..', '...', { from: start }, { start, Start: end }, { start, max: end }, [start]])
        : start,
    ])
  }
  const number = (): unknown =>
    one([
      one(AMOUNTS),
      String(one(AMOUNTS)),
      listOf(AMOUNTS)(),
      '50.00',
      '0050',
      '-5.0',
      [50, '5'],
      1e21,
    ])
  const word =
    (...words: string[]) =>
    () =>
      percent(20) ? one(words).toUpperCase() : one(words)
  const field = listOf(WORDS, ['none', 'None'])
  const place = listOf(PLACES, ['none'])
  const amount = (): unknown =>
    one<unknown>([5, 50, '50.5', '$50', '1,000.0', -5, '-5', '33.33 USD', '', null])

  return {
    status: listOf(STATUSES, ['active', 'hidden', 'null', 'Active', 'HIDDEN', 'Null']),
    status_valid: flag,
    ids: idsOf(world.contacts),
    not_ids: idsOf(world.contacts),
    name_like: text,
    wildcard_search: () =>
      percent(60)
        ? text()
        : one([
            'k',
            'john',
            '123',
            '-',
            '5551234',
            '(555) 123',
            '+1 555.1234',
            '555',
            '1 2 3 4',
            '5551234x',
            '12é',
            'É@',
            ' , ',
            `${text()} ${text()}`,
            `${text()},-${text()}`,
          ]),
    notes: () =>
      one<unknown>([text(), { wildcard_note_search: text() }, { wildcardNoteSearch: text() }]),
    tags: listOf(WORDS),
    exclude_tags: listOf(WORDS),
    likely: field,
    church: field,
    locale: listOf(WORDS, ['null', 'NULL']),
    timezone: listOf(WORDS),
    referrer: idsOf(world.contacts, ['any', 'none', 'Any', 'NONE']),
    contact_type: listOf(['person', 'company', 'Person']),
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
    city: place,
    state: place,
    country: place,
    region: place,
    metro_area: place,
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
    pledge_frequency: () =>
      one([listOf(FREQUENCIES, ['null'])(), 1, '0.2308', 'null', '1.0001', '0.9999']),
    pledge_late_by: () =>
      one(['0', '30', '30_60', '0_400', '60_30', 90, '31_31', '0_0', '-1', '30_']),
    started_giving_range: range,
    stopped_giving_range: () =>
      percent(30)
        ? range()
        : `2023-01-01..${one(['2023-12-31', '2024-02-29', '2024-03-01', '2024-03-02'])}`,
    gave_more_than_pledged_range: range,
    pledge_amount_increased_range: range,
    donation: () =>
      one<unknown>([
        listOf(['none', 'one', 'first', 'last'])(),
        'first',
        'last',
        'none',
        'first,last',
        'none,none',
      ]),
    donation_amount: number,
    donation_amount_range: () =>
      one<unknown>([
        { min: amount() },
        { max: amount() },
        { min: amount(), max: amount() },
        { Min: amount(), MAX: 1e21 },
        percent(20)
          ? one([{ min: 'x' }, { min: '1.2.3' }, { minimum: 5 }, { min: 5, Min: 5 }, 5, '5'])
          : { min: 5 },
      ]),
    donation_date: range,
    donation_amount_recommendation: yesNo,
    designation_account_id: idsOf(world.designation_accounts),
    related_task_action: listOf(ACTIONS, percent(30) ? ['null', 'NULL'] : []),
    tasks_all_completed: flag,
    task_due_date: range,
    appeal: idsOf(world.appeals, ['no_appeals', 'No_Appeals']),
    no_appeals: flag,
  }
}
