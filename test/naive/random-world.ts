import { en, Faker } from '@faker-js/faker'
import type { World } from './world.ts'

/** Chance by a seed: the same worlds and filters for the same seed. */
export function chanceOf(seed: number) {
  const faker = new Faker({ locale: [en] })
  faker.seed(seed)
  return {
    one: <Item>(items: readonly Item[]): Item => faker.helpers.arrayElement(items),
    some: <Item>(items: readonly Item[], most = 3): Item[] =>
      faker.helpers.arrayElements(items, { min: 0, max: Math.min(most, items.length) }),
    between: (min: number, max: number): number => faker.number.int({ min, max }),
    percent: (percent: number): boolean => faker.datatype.boolean({ probability: percent / 100 }),
    uuid: (): string => faker.string.uuid(),
  }
}

export type Chance = ReturnType<typeof chanceOf>

/** The day on which the random worlds are asked. */
export const TODAY = '2024-03-31'

export const NAMES = [
  'Émile',
  'éMILE B',
  'Smith, John',
  'smith',
  'ΣΊΣΥΦΟΣ',
  'σίσυφος',
  'Жук',
  'жук',
  'İstanbul',
  'istanbul',
  '\u212Aelvin',
  'kelvin',
  '100% _a\\b',
  '教会',
  '😀 Ann',
  'ß',
  'STRAẞE',
  '\u212Bngström \u2126',
  'ångström ω',
  'ǅ ǆ',
  'Ａｎｎ',
  '𐐀𐐨',
  'Ა ა',
  'ıI',
  'O’Neill',
  "o'neill",
  'Jean-Luc  ,Doe',
  'Александр Иванович Петров-Водкин',
  'ΓΑΖΈΕΣ ΚΑῚ ΜΥΡΤΙῈΣ ΔῈΝ ΘᾺ ΒΡΩ͂ ΠΙᾺ ΞΦΧΨ',
  '',
]
export const WORDS = [
  'a',
  'A',
  'b, c',
  'É',
  'é',
  'none',
  'null',
  'x"y',
  'Ж',
  'ж',
  '5',
  'true',
  'İ',
  'i',
]
/** Few, so that an address often has several that a filter asks for. */
export const PLACES = ['a', 'A', 'b, c', 'none']
export const STATUSES = [
  'Never Contacted',
  'Partner - Financial',
  'Partner - Financial',
  'Partner - Pray',
  'Not Interested',
  'Never Ask',
  'active',
  'Other',
  '',
  null,
]
export const DAYS = [
  '2023-02-28',
  '2023-05-31',
  '2023-12-31',
  '2024-01-01',
  '2024-01-31',
  '2024-02-01',
  '2024-02-29',
  '2024-03-01',
  '2024-03-31',
  '2024-04-30',
]
export const TIMES = DAYS.flatMap((day) => [
  `${day}T00:00:00Z`,
  `${day}T12:30:45Z`,
  `${day}T23:59:59Z`,
])
export const AMOUNTS = [0, 5, 50, 50.5, 33.33, 100, -5, 1000]
export const FREQUENCIES = [0, 0.23076923076923, 0.2307, 0.46153846153846, 1, 1.00005, 3, 12]
const LOCATIONS = ['home', 'mobile', 'work', 'other']
export const ACTIONS = ['Call', 'call', 'Email', 'none']
const NEWSLETTERS = ['Physical', 'Email', 'Both', 'None', '', null]
const CURRENCIES = ['USD', 'EUR', 'usd', '', null]

const many = <Row>(count: number, row: (index: number) => Row): Row[] =>
  Array.from({ length: count }, (_, index) => row(index))

/** Each pair once. */
const pairs = <Pair>(all: Pair[]): Pair[] => [
  ...new Map(all.map((pair) => [JSON.stringify(pair), pair])).values(),
]

/** A world of a few account lists that share donor accounts, with every kind of gap and doublet. */
export function randomWorld(chance: Chance): World {
  const { between, one, percent, some, uuid } = chance
  const orNothing = <Item>(items: readonly Item[]): Item | '' | null =>
    one([one(items), one(items), '', null])
  const orNull = <Item>(items: readonly Item[]): Item | null => (percent(75) ? one(items) : null)
  const flag = (): 0 | 1 => (percent(50) ? 1 : 0)
  const seldom = (): 0 | 1 => (percent(20) ? 1 : 0)

  const users = [uuid(), uuid()]
  const account_lists = many(between(2, 4), () => ({
    id: uuid(),
    default_currency: one(CURRENCIES),
  }))
  const listIds = account_lists.map(({ id }) => id)
  const designation_accounts = many(4, () => ({ id: uuid() }))
  const designationIds = designation_accounts.map(({ id }) => id)
  const contacts = many(between(10, 40), (index) => ({
    id: uuid(),
    account_list_id: one(listIds),
    name: percent(30) ? one(NAMES) : `${one(NAMES)} ${index}`,
    status: one(STATUSES),
    church_name: orNothing(WORDS),
    likely_to_give: orNothing(WORDS),
    locale: orNothing(WORDS),
    timezone: orNothing(WORDS),
    notes: orNothing(NAMES),
    send_newsletter: one(NEWSLETTERS),
    pledge_amount: orNull(AMOUNTS),
    pledge_currency: one(CURRENCIES),
    pledge_frequency: orNull(FREQUENCIES),
    pledge_received: flag(),
    late_at: orNull(DAYS),
    no_appeals: flag(),
    status_valid: flag(),
    first_donation_date: orNull(DAYS),
    last_donation_date: orNull(DAYS),
    updated_at: one(TIMES),
  }))
  const contactIds = contacts.map(({ id }) => id)
  const people = many(contacts.length, () => ({
    id: uuid(),
    first_name: orNothing(NAMES),
    last_name: orNothing(NAMES),
    deceased: seldom(),
  }))
  const personIds = people.map(({ id }) => id)
  const donor_accounts = many(Math.ceil(contacts.length / 2), () => ({
    id: uuid(),
    account_number: orNothing(['123', '12É', 'k9']),
    master_company_id: percent(30) ? uuid() : null,
  }))
  const donorIds = donor_accounts.map(({ id }) => id)
  const tasks = many(contacts.length, () => ({
    id: uuid(),
    account_list_id: one(listIds),
    activity_type: orNothing(ACTIONS),
    start_at: orNull(TIMES),
    completed: flag(),
  }))
  const appeals = many(3, () => ({ id: uuid(), account_list_id: one(listIds) }))
  const appealIds = appeals.map(({ id }) => id)

  return {
    account_lists,
    account_list_users: pairs(
      users.flatMap((user_id) =>
        listIds.filter(() => percent(60)).map((account_list_id) => ({ account_list_id, user_id })),
      ),
    ),
    designation_accounts,
    account_list_designation_accounts: listIds.flatMap((account_list_id) =>
      some(designationIds, 2).map((designation_account_id) => ({
        account_list_id,
        designation_account_id,
      })),
    ),
    contacts,
    contact_tags: contactIds.flatMap((contact_id) =>
      some(WORDS).map((name) => ({ contact_id, name })),
    ),
    contact_referrals: many(between(0, 8), () => ({
      id: uuid(),
      referred_by_id: one(contactIds),
      referred_to_id: one(contactIds),
    })),
    partner_status_logs: many(contacts.length, () => ({
      id: uuid(),
      contact_id: one(contactIds),
      recorded_on: orNull(DAYS),
      pledge_amount: orNull(AMOUNTS),
      pledge_frequency: orNull(FREQUENCIES),
    })),
    people,
    contact_people: pairs(
      many(contacts.length, () => ({ contact_id: one(contactIds), person_id: one(personIds) })),
    ).map(({ contact_id, person_id }) => ({ id: uuid(), contact_id, person_id })),
    email_addresses: many(contacts.length, () => ({
      id: uuid(),
      person_id: one(personIds),
      email: orNothing(['É@example.org', 'k@example.org', 'john-smith@x']),
      historic: seldom(),
    })),
    phone_numbers: many(contacts.length, () => ({
      id: uuid(),
      person_id: one(personIds),
      number: orNothing([
        '+1555',
        '123',
        '+15551234567',
        '(555) 123-4567',
        '555.123 4567 ext. 89',
        '٥555-1234',
        'call 1/555/1234',
      ]),
      location: orNothing(LOCATIONS),
      historic: seldom(),
    })),
    person_facebook_accounts: many(between(0, 10), () => ({
      id: uuid(),
      person_id: one(personIds),
      username: orNothing(['john']),
    })),
    addresses: many(contacts.length * 2, () => ({
      id: uuid(),
      contact_id: one(contactIds),
      street: orNothing(WORDS),
      city: orNothing(PLACES),
      state: orNothing(PLACES),
      country: orNothing(PLACES),
      region: orNothing(PLACES),
      metro_area: orNothing(PLACES),
      primary_mailing_address: flag(),
      historic: flag(),
      deleted: seldom(),
      valid_values: percent(80) ? 1 : 0,
    })),
    donor_accounts,
    contact_donor_accounts: pairs(
      many(contacts.length, () => ({
        contact_id: one(contactIds),
        donor_account_id: one(donorIds),
      })),
    ),
    donations: many(contacts.length * 3, () => ({
      id: uuid(),
      donor_account_id: one(donorIds),
      designation_account_id: orNull(designationIds),
      amount: orNull(AMOUNTS),
      donation_date: orNull(DAYS),
    })),
    donation_amount_recommendations: many(contacts.length, () => ({
      id: uuid(),
      donor_account_id: one(donorIds),
      designation_account_id: orNull(designationIds),
      suggested_pledge_amount: orNull(AMOUNTS),
    })),
    appeals,
    appeal_contacts: pairs(
      many(contacts.length, () => ({ appeal_id: one(appealIds), contact_id: one(contactIds) })),
    ),
    tasks,
    task_contacts: pairs(
      many(contacts.length, () => ({
        task_id: one(tasks.map(({ id }) => id)),
        contact_id: one(contactIds),
      })),
    ),
  }
}
