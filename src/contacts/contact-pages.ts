import type { Database } from '../db/client.ts'
import { accountLists } from '../db/schema/index.ts'
import type { Address, Contact, Person } from './contact.ts'
import type { AddressRow, ContactRow } from './contact-rows.ts'
import { inList } from './filter/filter-key.ts'
import { primaryOf, spouseOf } from './people.ts'
import type { PersonRow, ReachableRow } from './person-rows.ts'
import { readRows, type Rows } from './read-rows.ts'

/** The query for account lists, with what their contacts have of them. */
export const accountListsById = (database: Database, ids: readonly string[]) =>
  database
    .select({
      id: accountLists.id,
      homeCountry: accountLists.homeCountry,
      defaultCurrency: accountLists.defaultCurrency,
    })
    .from(accountLists)
    .where(inList(accountLists.id, ids))

export type AccountList = Awaited<ReturnType<typeof accountListsById>>[number]

/**
 * The contacts with these ids, in their order, a page at a time. Left out are those that are in none of the account lists,
 * those deleted meanwhile, and those all of whose people are deceased.
 *
 * A statement a page: it reads the people of the contacts that the one before it found, and the contacts of the next page.
 */
export async function* contactPages(
  database: Database,
  pagesOfIds: AsyncIterable<readonly string[]>,
  lists: readonly AccountList[],
): AsyncGenerator<readonly Contact[]> {
  const listsById = new Map(lists.map((list) => [list.id, list]))
  let last: Page = { ids: [], contacts: new Map(), readAt: 0 }
  for await (const ids of pagesOfIds) {
    const page = await fresh(database, last)
    const { contacts, people } = await readRows(database, ids, peopleOf(page))
    last = { ids, contacts, readAt: Date.now() }
    if (page.ids.length > 0) yield contactsOf(page, people, listsById)
  }
  if (last.ids.length === 0) return
  const page = await fresh(database, last)
  const { people } = await readRows(database, [], peopleOf(page))
  yield contactsOf(page, people, listsById)
}

/** Contacts whose people have not been read. */
type Page = Pick<Rows, 'contacts'> & {
  readonly ids: readonly string[]
  /** In milliseconds since 1970. */
  readonly readAt: number
}

/** So long contacts may wait for their people: a client that does not read on lets them wait for ever. */
const FRESH_MILLISECONDS = 1000

/** The page, read again if it has waited: meanwhile contacts and people may have been deleted, or moved to somebody else. */
async function fresh(database: Database, page: Page): Promise<Page> {
  if (page.ids.length === 0 || Date.now() - page.readAt < FRESH_MILLISECONDS) return page
  const { contacts } = await readRows(database, page.ids, [])
  return { ...page, contacts }
}

const peopleOf = ({ contacts }: Page): string[] =>
  [...contacts.values()].flatMap(([members]) => members.map(([personId]) => personId))

const contactsOf = (
  { ids, contacts }: Page,
  people: Rows['people'],
  lists: ReadonlyMap<string, AccountList>,
): Contact[] => ids.flatMap((id) => contactOf(id, contacts.get(id), people, lists) ?? [])

/** The contact of a row; none when it has people and all of them are deceased. */
export function contactOf(
  id: string,
  row: ContactRow | undefined,
  people: Rows['people'],
  lists: ReadonlyMap<string, AccountList>,
): Contact | undefined {
  if (!row) return undefined
  const [
    memberRows,
    accountListId,
    name,
    greeting,
    envelopeGreeting,
    isOrganization,
    status,
    pledgeAmount,
    pledgeCurrency,
    pledgeFrequency,
    pledgeReceived,
    sendNewsletter,
    tags,
    address,
    namesDonorAccount,
  ] = row
  const list = lists.get(accountListId)
  const members = memberRows.flatMap(([personId, isPrimary]) => {
    const person = people.get(personId)
    return person ? [memberOf(personId, isPrimary === 1, person)] : []
  })
  const primary = primaryOf(members)
  if (!list || (members.length > 0 && !primary)) return undefined
  return {
    id,
    accountListId,
    name,
    greeting,
    envelopeGreeting,
    isOrganization: isOrganization === 1,
    status,
    pledgeAmount: amountOf(pledgeAmount),
    pledgeCurrency,
    pledgeFrequency: pledgeFrequency === 'NULL' ? null : Number(pledgeFrequency),
    pledgeReceived: pledgeReceived === 1,
    sendNewsletter,
    tags,
    address: address ? addressOf(address) : undefined,
    primary: primary?.person,
    spouse: spouseOf(members, primary)?.person,
    namesDonorAccount: namesDonorAccount === 1,
    homeCountry: list.homeCountry,
    defaultCurrency: list.defaultCurrency,
  }
}

/** None of what is no number. */
function amountOf(text: string): number | null {
  const amount = Number(text)
  return Number.isFinite(amount) ? amount : null
}

const addressOf = ([street, city, state, postalCode, country]: AddressRow): Address => ({
  street,
  city,
  state,
  postalCode,
  country,
})

const memberOf = (
  personId: string,
  isPrimary: boolean,
  [firstName, lastName, gender, deceased, personCreatedAt, emails, phones]: PersonRow,
) => ({
  personId,
  gender,
  deceased: deceased === 1,
  personCreatedAt,
  isPrimary,
  person: personOf(firstName, lastName, emails, phones),
})

function personOf(
  firstName: string | null,
  lastName: string | null,
  emails: readonly ReachableRow[],
  phones: readonly ReachableRow[],
): Person {
  const [email, otherEmail] = primaryAndOther(emails)
  const [phone, otherPhone] = primaryAndOther(phones)
  return { firstName, lastName, email, otherEmail, phone, otherPhone }
}

/** Where the first of the two is none marked primary, none is: then it is the other one. */
const primaryAndOther = ([first, second]: readonly ReachableRow[]): readonly [
  primary: string | undefined,
  other: string | undefined,
] => {
  const [value, isPrimary] = first ?? [null, 0]
  return isPrimary === 1
    ? [value ?? undefined, second?.[0] ?? undefined]
    : [undefined, value ?? undefined]
}
