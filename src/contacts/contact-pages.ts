import { eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import {
  accountLists,
  addresses,
  contactDonorAccounts,
  contactPeople,
  contacts,
  contactTags,
  donorAccounts,
  emailAddresses,
  people,
  phoneNumbers,
} from '../db/schema/index.ts'
import type { Address, Contact, Person } from './contact.ts'
import { inList } from './filter/filter-key.ts'
import {
  otherReachable,
  primaryOf,
  primaryReachable,
  spouseOf,
  type Member,
  type Reachable,
} from './people.ts'

/** A thousand contacts read at once are about as fast as any more, and the silence while they are read is short. */
const PAGE_SIZE = 1000

/**
 * The contacts with these ids, in their order, a page at a time. Left out are those of other account lists, those deleted
 * meanwhile, and those all of whose people are deceased.
 */
export async function* contactPages(
  database: Database,
  ids: readonly string[],
  accountListIds: readonly string[],
): AsyncGenerator<readonly Contact[]> {
  for (let from = 0; from < ids.length; from += PAGE_SIZE) {
    const rows = await contactRows(database, ids.slice(from, from + PAGE_SIZE), accountListIds)
    yield rows.flatMap((row) => contactOf(row) ?? [])
  }
}

type ContactRow = Awaited<ReturnType<typeof contactRows>>[number]

/** One statement, in which each child table is read once; what belongs to a contact comes as JSON. */
const contactRows = (
  database: Database,
  ids: readonly string[],
  accountListIds: readonly string[],
) =>
  database
    .select({
      accountListId: contacts.accountListId,
      name: contacts.name,
      greeting: contacts.greeting,
      envelopeGreeting: contacts.envelopeGreeting,
      isOrganization: contacts.isOrganization,
      status: contacts.status,
      pledgeAmount: contacts.pledgeAmount,
      pledgeCurrency: contacts.pledgeCurrency,
      pledgeFrequency: contacts.pledgeFrequency,
      pledgeReceived: contacts.pledgeReceived,
      sendNewsletter: contacts.sendNewsletter,
      tags: json<readonly string[]>(tagsOfContact),
      address: json<AddressTuple | null>(mailingAddress),
      members: json<readonly MemberTuple[]>(membersOfContact),
      namesDonorAccount: namesDonorAccount.mapWith(Boolean),
      homeCountry: accountLists.homeCountry,
      defaultCurrency: accountLists.defaultCurrency,
    })
    .from(sql`json_each(${JSON.stringify(ids)}) as page`)
    .innerJoin(contacts, sql`${contacts.id} = page.value`)
    .innerJoin(accountLists, eq(accountLists.id, contacts.accountListId))
    .where(inList(contacts.accountListId, accountListIds))
    .orderBy(sql`page.key`)

/** A column of JSON, parsed. Its type is what our own SQL puts there. */
const json = <Value>(column: SQL) =>
  sql<Value>`${column}`.mapWith({
    mapFromDriverValue: (text: string): Value => JSON.parse(text),
  })

const tagsOfContact = sql`(
  select json_group_array(name) from (
    select ${contactTags.name} from ${contactTags} where ${contactTags.contactId} = ${contacts.id}
    order by ${contactTags.name}))`

type AddressTuple = readonly [
  street: string | null,
  city: string | null,
  state: string | null,
  postalCode: string | null,
  country: string | null,
]

/** Of the addresses that are neither deleted nor historic the primary one, failing that the first. */
const mailingAddress = sql`coalesce((
  select json_array(${addresses.street}, ${addresses.city}, ${addresses.state}, ${addresses.postalCode},
    ${addresses.country})
  from ${addresses}
  where ${addresses.contactId} = ${contacts.id} and ${addresses.deleted} = 0 and ${addresses.historic} = 0
  order by ${addresses.primaryMailingAddress} desc, ${addresses.createdAt}, ${addresses.id} limit 1), 'null')`

type ReachableTuple = readonly [
  value: string | null,
  isPrimary: number,
  historic: number,
  createdAt: string,
  id: string,
]

type MemberTuple = readonly [
  personId: string,
  firstName: string | null,
  lastName: string | null,
  gender: string | null,
  deceased: number,
  personCreatedAt: string,
  isPrimary: number,
  memberId: string,
  memberCreatedAt: string,
  emails: readonly ReachableTuple[],
  phones: readonly ReachableTuple[],
]

const membersOfContact = sql`(
  select json_group_array(json_array(${people.id}, ${people.firstName}, ${people.lastName}, ${people.gender},
    ${people.deceased}, ${people.createdAt}, ${contactPeople.isPrimary}, ${contactPeople.id},
    ${contactPeople.createdAt},
    (select json_group_array(json_array(${emailAddresses.email}, ${emailAddresses.isPrimary},
       ${emailAddresses.historic}, ${emailAddresses.createdAt}, ${emailAddresses.id}))
     from ${emailAddresses} where ${emailAddresses.personId} = ${people.id}),
    (select json_group_array(json_array(${phoneNumbers.number}, ${phoneNumbers.isPrimary},
       ${phoneNumbers.historic}, ${phoneNumbers.createdAt}, ${phoneNumbers.id}))
     from ${phoneNumbers} where ${phoneNumbers.personId} = ${people.id})))
  from ${contactPeople} join ${people} on ${people.id} = ${contactPeople.personId}
  where ${contactPeople.contactId} = ${contacts.id})`

/** Asked only of names with parentheses: nobody else's envelope depends on it. */
const namesDonorAccount = sql`(instr(${contacts.name}, '(') > 0 and exists (
  select 1 from ${contactDonorAccounts} join ${donorAccounts} on ${donorAccounts.id} = ${contactDonorAccounts.donorAccountId}
  where ${contactDonorAccounts.contactId} = ${contacts.id} and ${donorAccounts.name} = ${contacts.name}))`

/** The contact of a row; none when it has people and all of them are deceased. */
function contactOf({ members: tuples, address, ...row }: ContactRow): Contact | undefined {
  const members = tuples.map(memberOf)
  const primary = primaryOf(members)
  if (members.length > 0 && !primary) return undefined
  return {
    ...row,
    address: address ? addressOf(address) : undefined,
    primary: personOf(primary),
    spouse: personOf(spouseOf(members, primary)),
  }
}

const addressOf = ([street, city, state, postalCode, country]: AddressTuple): Address => ({
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
  memberId,
  memberCreatedAt,
  emails,
  phones,
]: MemberTuple): Member => ({
  personId,
  firstName,
  lastName,
  gender,
  deceased: deceased === 1,
  personCreatedAt,
  isPrimary: isPrimary === 1,
  memberId,
  memberCreatedAt,
  emails: emails.map(reachableOf),
  phones: phones.map(reachableOf),
})

const reachableOf = ([value, isPrimary, historic, createdAt, id]: ReachableTuple): Reachable => ({
  value,
  isPrimary: isPrimary === 1,
  historic: historic === 1,
  createdAt,
  id,
})

function personOf(member: Member | undefined): Person | undefined {
  if (!member) return undefined
  const email = primaryReachable(member.emails)
  const phone = primaryReachable(member.phones)
  return {
    firstName: member.firstName,
    lastName: member.lastName,
    email: email?.value ?? undefined,
    otherEmail: otherReachable(member.emails, email)?.value ?? undefined,
    phone: phone?.value ?? undefined,
    otherPhone: otherReachable(member.phones, phone)?.value ?? undefined,
  }
}
