import {
  addressesOf,
  appealsOf,
  designationsOf,
  donorAccountsOf,
  giftsOf,
  peopleOf,
  referrersOf,
  tasksOf,
} from './rows-of.ts'
import { addMonths, dayText, inDays, inTimes, lastDayOf, monthsBetween } from './days.ts'
import {
  bad,
  fold,
  isAbsent,
  isObject,
  readFlag,
  readItems,
  readList,
  readNumbers,
  readRange,
  readSearch,
  readTags,
  readText,
  readWord,
  readWords,
  snake,
  wordsOf,
  type Read,
} from './values.ts'
import type { Address, Contact, Donation, Task, World } from './world.ts'

/** What a key may look at beside its value. */
export type Asked = {
  world: World
  today: string
  lists: readonly string[]
  anyTags: boolean
  historic: boolean
  given: ReadonlyMap<string, unknown>
}

/** What a key says: of the contact, and of one row of a kind. */
export type Test = {
  contact?: (contact: Contact) => boolean
  address?: (address: Address) => boolean
  gift?: (gift: Donation) => boolean
  task?: (task: Task) => boolean
}

type Key = (value: unknown, asked: Asked) => Read<Test>

const ACTIVE = new Set([
  'Never Contacted',
  'Ask in Future',
  'Cultivate Relationship',
  'Contact for Appointment',
  'Appointment Scheduled',
  'Call for Decision',
  'Partner - Financial',
  'Partner - Special',
  'Partner - Pray',
])
const HIDDEN = new Set([
  'Not Interested',
  'Unresponsive',
  'Never Ask',
  'Research Abandoned',
  'Expired Referral',
])

const empty = (text: string | null): boolean => text === null || text === ''
const has = (text: string | null, part: string): boolean =>
  text !== null && fold(text).includes(part)

/** A key of a reader and a test: absent and bad values need no further thought. */
const key =
  <Value>(
    read: (value: unknown) => Read<Value>,
    test: (value: Value, asked: Asked) => Read<Test>,
  ): Key =>
  (value, asked) => {
    const found = read(value)
    if (found === undefined) return undefined
    return found === bad ? bad : test(found, asked)
  }

const contactKey = <Value>(
  read: (value: unknown) => Read<Value>,
  test: (value: Value, contact: Contact, asked: Asked) => boolean,
): Key => key(read, (value, asked) => ({ contact: (contact) => test(value, contact, asked) }))

const yesNo = (test: (contact: Contact, world: World) => boolean): Key =>
  contactKey(
    (value) => {
      const text = readText(value)
      return typeof text === 'string' ? readWord(text, ['yes', 'no']) : text
    },
    (word, contact, { world }) => test(contact, world) === (word === 'yes'),
  )

const withWords =
  (...words: string[]) =>
  (value: unknown): Read<string[]> =>
    readList(value, words)

export const readStatuses = withWords('active', 'hidden', 'null')

const fieldKey = (field: 'city' | 'state' | 'country' | 'region' | 'metro_area'): Key =>
  key(withWords('none'), (items, { historic }) => ({
    address: (address) =>
      address.historic === (historic ? 1 : 0) &&
      items.some((item) => (item === 'none' ? empty(address[field]) : address[field] === item)),
  }))

const phoneKey = (location: string): Key =>
  yesNo((contact, world) =>
    world.phone_numbers.some(
      (phone) =>
        phone.historic === 0 &&
        phone.location === location &&
        !empty(phone.number) &&
        peopleOf(world, contact).some(({ id }) => id === phone.person_id),
    ),
  )

export function hasStatus(words: readonly string[], contact: Contact): boolean {
  const status = contact.status ?? ''
  return words.some((word) => {
    if (word === 'active') return ACTIVE.has(status) || status === ''
    if (word === 'hidden') return HIDDEN.has(status)
    return word === 'null' ? status === '' : status === word
  })
}

const monthly = (row: { pledge_amount: number | null; pledge_frequency: number | null }): number =>
  (row.pledge_amount ?? 0) / (row.pledge_frequency || 1)

const onlyDigits = (text: string): string =>
  Array.from(text)
    .filter((letter) => letter >= '0' && letter <= '9')
    .join('')

/** A text that people dial, of four digits or more, whose digits the number has. */
const isDialled = (number: string | null, text: string): boolean =>
  !/[^0-9\s+().-]/.test(text) &&
  onlyDigits(text).length >= 4 &&
  onlyDigits(number ?? '').includes(onlyDigits(text))

const sameTag = (a: string, b: string): boolean => fold(a) === fold(b)

const tagsOf = (world: World, contact: Contact): string[] =>
  world.contact_tags.filter((row) => row.contact_id === contact.id).map(({ name }) => name)

const ids = (value: unknown): Read<string[]> => {
  const items = readItems(value)
  return Array.isArray(items) ? items.map((item) => item.toLowerCase()) : items
}

const only =
  (...words: string[]) =>
  (value: unknown): Read<string[]> => {
    const items = readList(value, words)
    return Array.isArray(items) && !items.every((item) => words.includes(item)) ? bad : items
  }

/** Every key of the page, in its order. */
export const KEYS: Readonly<Record<string, Key>> = {
  status: contactKey(readStatuses, (words, contact) => hasStatus(words, contact)),
  status_valid: contactKey(readFlag, (valid, contact) => contact.status_valid === (valid ? 1 : 0)),
  ids: contactKey(ids, (wanted, { id }) => wanted.includes(id)),
  not_ids: contactKey(ids, (unwanted, { id }) => !unwanted.includes(id)),
  name_like: contactKey(readSearch, (text, { name }) => fold(name).startsWith(fold(text))),
  wildcard_search: contactKey(readWords, (text, contact, { world }) => {
    const sought = fold(text)
    const words = wordsOf(sought)
    const people = peopleOf(world, contact)
    const isTheirs = (row: { person_id: string }): boolean =>
      people.some(({ id }) => id === row.person_id)
    if (words.length > 0 && words.every((word) => has(contact.name, word))) return true
    if (
      words.length > 0 &&
      people.some((one) =>
        words.every((word) => has(one.first_name, word) || has(one.last_name, word)),
      )
    ) {
      return true
    }
    return (
      world.email_addresses.some((row) => isTheirs(row) && has(row.email, sought)) ||
      world.phone_numbers.some(
        (row) => isTheirs(row) && (has(row.number, sought) || isDialled(row.number, text)),
      ) ||
      donorAccountsOf(world, contact).some((row) => has(row.account_number, sought))
    )
  }),
  notes: contactKey(
    (value) => {
      if (!isObject(value)) return Array.isArray(value) ? bad : readSearch(value)
      const [[name, text] = [], ...others] = Object.entries(value)
      return others.length > 0 || snake(name ?? '') !== 'wildcard_note_search'
        ? bad
        : readSearch(text)
    },
    (text, { notes }) => has(notes, fold(text)),
  ),
  tags: contactKey(readTags, (tags, contact, { world, anyTags }) => {
    const own = tagsOf(world, contact)
    const carries = (tag: string): boolean => own.some((name) => sameTag(name, tag))
    return anyTags ? tags.some(carries) : tags.every(carries)
  }),
  exclude_tags: contactKey(
    readTags,
    (tags, contact, { world }) =>
      !tagsOf(world, contact).some((name) => tags.some((tag) => sameTag(name, tag))),
  ),
  likely: contactKey(withWords('none'), (items, { likely_to_give: text }) =>
    items.some((item) => (item === 'none' ? empty(text) : text === item)),
  ),
  church: contactKey(withWords('none'), (items, { church_name: text }) =>
    items.some((item) => (item === 'none' ? empty(text) : text === item)),
  ),
  locale: contactKey(withWords('null'), (items, { locale: text }) =>
    items.some((item) => (item === 'null' ? empty(text) : text === item)),
  ),
  timezone: contactKey(readList, (items, { timezone }) => items.some((item) => item === timezone)),
  referrer: contactKey(ids, (items, contact, { world, lists }) => {
    const by = referrersOf(world, lists, contact)
    return items.some((item) => {
      if (item === 'any') return by.length > 0
      return item === 'none' ? by.length === 0 : by.includes(item)
    })
  }),
  contact_type: contactKey(only('person', 'company'), (words, contact, { world }) => {
    const accounts = donorAccountsOf(world, contact)
    return words.some((word) =>
      word === 'company'
        ? accounts.some((account) => !empty(account.master_company_id))
        : accounts.length === 0 || accounts.some((account) => empty(account.master_company_id)),
    )
  }),
  newsletter: contactKey(
    (value) =>
      readWord(value, [
        'all',
        'no_value',
        'none',
        'address',
        'email',
        'address_only',
        'email_only',
        'both',
      ]),
    (word, { send_newsletter: sent }) => {
      if (word === 'no_value') return empty(sent)
      if (word === 'none') return sent === 'None'
      if (word === 'all') return sent === 'Physical' || sent === 'Email' || sent === 'Both'
      if (word === 'address') return sent === 'Physical' || sent === 'Both'
      if (word === 'email') return sent === 'Email' || sent === 'Both'
      if (word === 'address_only') return sent === 'Physical'
      return word === 'email_only' ? sent === 'Email' : sent === 'Both'
    },
  ),
  updated_at: contactKey(readRange, (range, contact) => inTimes(contact.updated_at, range)),

  city: fieldKey('city'),
  state: fieldKey('state'),
  country: fieldKey('country'),
  region: fieldKey('region'),
  metro_area: fieldKey('metro_area'),
  address_historic: key(readFlag, (historic) => ({
    address: (address) => address.historic === (historic ? 1 : 0),
  })),
  primary_address: key(only('primary', 'active', 'inactive', 'null'), (words) =>
    words.includes('null')
      ? undefined
      : {
          address: (address) =>
            words.some((word) => {
              if (word === 'primary') return address.primary_mailing_address === 1
              return word === 'active' ? address.historic === 0 : address.historic === 1
            }),
        },
  ),
  address_valid: key(readFlag, (valid, { world }) =>
    valid
      ? undefined
      : {
          contact: (contact) => {
            const addresses = addressesOf(world, contact)
            return (
              addresses.some((address) => address.valid_values === 0) ||
              addresses.filter((address) => address.primary_mailing_address === 1).length > 1
            )
          },
        },
  ),

  contact_info_email: yesNo((contact, world) =>
    world.email_addresses.some(
      (row) =>
        row.historic === 0 &&
        !empty(row.email) &&
        peopleOf(world, contact).some(({ id }) => id === row.person_id),
    ),
  ),
  contact_info_phone: phoneKey('home'),
  contact_info_mobile: phoneKey('mobile'),
  contact_info_work_phone: phoneKey('work'),
  contact_info_addr: yesNo((contact, world) =>
    addressesOf(world, contact).some((address) => address.historic === 0 && !empty(address.street)),
  ),
  contact_info_facebook: yesNo((contact, world) =>
    world.person_facebook_accounts.some(
      (row) =>
        !empty(row.username) && peopleOf(world, contact).some(({ id }) => id === row.person_id),
    ),
  ),

  pledge_received: contactKey(
    readFlag,
    (received, contact) => contact.pledge_received === (received ? 1 : 0),
  ),
  pledge_amount: contactKey(
    readNumbers,
    (amounts, { pledge_amount: amount }) => amount !== null && amounts.includes(amount),
  ),
  pledge_currency: contactKey(readList, (items, contact, { world }) => {
    const list = world.account_lists.find(({ id }) => id === contact.account_list_id)
    const home = empty(list?.default_currency ?? null) ? 'USD' : list?.default_currency
    return items.some(
      (item) =>
        item === contact.pledge_currency || (item === home && empty(contact.pledge_currency)),
    )
  }),
  pledge_frequency: contactKey(
    (value) => {
      const items = readItems(value)
      return Array.isArray(items)
        ? readNumbers(items.filter((item) => item.toLowerCase() !== 'null'))
        : items
    },
    (numbers, { pledge_frequency: stored }) =>
      stored !== null && numbers.some((number) => Math.abs(number - stored) <= 0.0001),
  ),
  pledge_late_by: contactKey(
    (value) => {
      const text = typeof value === 'boolean' ? bad : readText(value)
      if (text === undefined || text === bad) return text
      if (!/^[0-9]+(_[0-9]+)?$/.test(text)) return bad
      const [minimum = 0, maximum = Infinity] = text.split('_').map(Number)
      return minimum > maximum ? bad : { minimum, maximum }
    },
    ({ minimum, maximum }, contact, { today }) => {
      if (contact.status !== 'Partner - Financial' || contact.late_at === null) return false
      const days = (Date.parse(today) - Date.parse(contact.late_at)) / 86_400_000
      return days >= minimum && days <= maximum
    },
  ),
  started_giving_range: contactKey(
    readRange,
    (range, contact) =>
      (contact.pledge_amount ?? 0) > 0 && inDays(contact.first_donation_date, range),
  ),
  stopped_giving_range: key(readRange, (range, { world, lists, today }) => {
    const last = lastDayOf(range)
    const latest = dayText(Date.parse(addMonths(today, -1)) + 86_400_000)
    if (last === undefined || last > latest) return bad
    const first = addMonths(last, -10)
    return {
      contact: (contact) =>
        inDays(contact.last_donation_date, range) &&
        giftsOf(world, lists, contact).filter(
          ({ donation_date: date }) => date !== null && date >= first && date <= last,
        ).length >= 3,
    }
  }),
  gave_more_than_pledged_range: key(readRange, (range, { world, lists }) => {
    if (range.from === -Infinity || range.to === Infinity) return bad
    const months = monthsBetween(range)
    const [firstMonth = ''] = months
    const lastMonth = months.at(-1) ?? ''
    return {
      contact: (contact) => {
        if (range.from >= range.to) return false
        const gifts = giftsOf(world, lists, contact).filter(
          ({ donation_date: date }) =>
            date !== null && date.slice(0, 7) >= firstMonth && date.slice(0, 7) <= lastMonth,
        )
        const sum = gifts.reduce((total, { amount }) => total + (amount ?? 0), 0)
        const counts =
          contact.last_donation_date !== null && contact.last_donation_date >= `${lastMonth}-01`
        return sum / Math.max(1, months.length - (counts ? 0 : 1)) > monthly(contact)
      },
    }
  }),
  pledge_amount_increased_range: contactKey(readRange, (range, contact, { world }) => {
    const logs = world.partner_status_logs.filter(
      (row) => row.contact_id === contact.id && inDays(row.recorded_on, range),
    )
    return logs.length > 0 && Math.max(...logs.map(monthly)) < monthly(contact)
  }),

  donation: key(only('none', 'one', 'first', 'last'), (words, { world, lists, given }) => {
    const range = readRange(given.get('donation_date'))
    const edge = words.includes('first') || words.includes('last')
    const datesOf = (gift: Donation, contacts: readonly Contact[]): string[] =>
      contacts
        .flatMap((contact) => giftsOf(world, lists, contact))
        .filter((other) => other.donor_account_id === gift.donor_account_id)
        .flatMap(({ donation_date: date }) => date ?? [])
        .toSorted()
    return {
      contact: (contact) => {
        const gifts = giftsOf(world, lists, contact)
        const inRange = gifts.filter((gift) =>
          range === undefined || range === bad ? true : inDays(gift.donation_date, range),
        )
        if (words.includes('none') && inRange.length > 0) return false
        return !words.includes('one') || gifts.length > 0
      },
      ...(edge && {
        gift: (gift: Donation) => {
          const dates = datesOf(gift, world.contacts)
          if (gift.donation_date === null) return false
          if (words.includes('first') && gift.donation_date !== dates[0]) return false
          return !words.includes('last') || gift.donation_date === dates.at(-1)
        },
      }),
    }
  }),
  donation_amount: key(readNumbers, (amounts) => ({
    gift: ({ amount }) => amount !== null && amounts.includes(amount),
  })),
  donation_amount_range: key(
    (value) => {
      if (isAbsent(value)) return undefined
      if (!isObject(value)) return bad
      const ends = { min: -Infinity, max: Infinity }
      const seen = new Set<string>()
      for (const [name, end] of Object.entries(value)) {
        const member = snake(name)
        if ((member !== 'min' && member !== 'max') || seen.has(member)) return bad
        seen.add(member)
        if (isAbsent(end)) continue
        const text = readText(end)
        if (typeof text !== 'string') return bad
        const digits = text.replace(/[^0-9.]/g, '')
        if (!/[0-9]/.test(digits) || Number.isNaN(Number(digits))) return bad
        ends[member] = Number(digits)
      }
      if (ends.min === -Infinity && ends.max === Infinity) return undefined
      return ends.min > ends.max ? bad : ends
    },
    ({ min, max }) => ({ gift: ({ amount }) => amount !== null && amount >= min && amount <= max }),
  ),
  donation_date: key(readRange, (range, { given }) => {
    const words = readList(given.get('donation'), ['none'])
    if (Array.isArray(words) && words.every((word) => word === 'none')) return undefined
    return { gift: (gift) => inDays(gift.donation_date, range) }
  }),
  donation_amount_recommendation: contactKey(
    (value) => readWord(value, ['yes', 'no']),
    (word, contact, { world, lists }) => {
      const { pledge_amount: amount, pledge_frequency: frequency } = contact
      const recommended =
        amount !== null &&
        frequency !== null &&
        frequency !== 0 &&
        world.donation_amount_recommendations.some(
          (row) =>
            donorAccountsOf(world, contact).some(({ id }) => id === row.donor_account_id) &&
            (row.designation_account_id === null ||
              designationsOf(world, lists).includes(row.designation_account_id)) &&
            row.suggested_pledge_amount !== null &&
            row.suggested_pledge_amount > amount / frequency,
        )
      return recommended === (word === 'yes')
    },
  ),
  designation_account_id: contactKey(ids, (wanted, contact, { world, lists }) =>
    giftsOf(world, lists, contact).some(
      (gift) =>
        gift.designation_account_id !== null && wanted.includes(gift.designation_account_id),
    ),
  ),

  related_task_action: key(withWords('none', 'null'), (actions, { world, lists }) =>
    actions.includes('none') || actions.includes('null')
      ? {
          contact: (contact) =>
            tasksOf(world, lists, contact).every((task) => task.completed === 1),
        }
      : {
          task: (task) =>
            task.completed === 0 &&
            task.activity_type !== null &&
            actions.includes(task.activity_type),
        },
  ),
  tasks_all_completed: key(readFlag, (completed, { world, lists }) =>
    completed
      ? {
          contact: (contact) =>
            tasksOf(world, lists, contact).every((task) => task.completed === 1),
        }
      : undefined,
  ),
  task_due_date: key(readRange, (range) => ({
    task: (task) => task.start_at !== null && inTimes(task.start_at, range),
  })),
  appeal: contactKey(ids, (items, contact, { world, lists }) => {
    const appeals = items.filter((item) => item !== 'no_appeals')
    if (appeals.length < items.length && contact.no_appeals === 0) return false
    return (
      appeals.length === 0 || appealsOf(world, lists, contact).some((id) => appeals.includes(id))
    )
  }),
  no_appeals: contactKey(readFlag, (wants, contact) => contact.no_appeals === (wants ? 1 : 0)),
}
