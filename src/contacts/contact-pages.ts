import type { Database } from '../db/client.ts'
import { accountLists } from '../db/schema/index.ts'
import type { Address, Contact, Person } from './contact.ts'
import {
  contactRows,
  type AddressRow,
  type ContactRow,
  type MemberRow,
  type ReachableRow,
} from './contact-rows.ts'
import { inList } from './filter/filter-key.ts'
import { primaryOf, spouseOf } from './people.ts'

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
 */
export async function* contactPages(
  database: Database,
  pagesOfIds: AsyncIterable<readonly string[]>,
  lists: readonly AccountList[],
): AsyncGenerator<readonly Contact[]> {
  const listsById = new Map(lists.map((list) => [list.id, list]))
  for await (const ids of pagesOfIds) {
    const rows = await rowsOf(database, ids)
    yield rows.flatMap(([id, row]) => contactOf(id, row, listsById) ?? [])
  }
}

/** The rows in the order of the ids; they are read in the order of the indexes. */
async function rowsOf(database: Database, ids: readonly string[]) {
  const sorted = ids.toSorted()
  const rows = await contactRows(database, sorted)
  const byId = new Map(sorted.map((id, index) => [id, rows[index]]))
  return ids.map((id) => [id, byId.get(id)] as const)
}

/** The contact of a row; none when it has people and all of them are deceased. */
export function contactOf(
  id: string,
  row: ContactRow | undefined,
  lists: ReadonlyMap<string, AccountList>,
): Contact | undefined {
  if (!row) return undefined
  const [
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
    people,
    namesDonorAccount,
  ] = row
  const list = lists.get(accountListId)
  const members = people.map(memberOf)
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

const memberOf = ([
  personId,
  firstName,
  lastName,
  gender,
  deceased,
  personCreatedAt,
  isPrimary,
  emails,
  phones,
]: MemberRow) => ({
  personId,
  gender,
  deceased: deceased === 1,
  personCreatedAt,
  isPrimary: isPrimary === 1,
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
