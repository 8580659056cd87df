import type { Contact, Person } from '../../contact.ts'
import type { AccountList } from './account-lists-by-id.ts'
import { TAG_SEPARATOR } from './read-long-texts.ts'
import {
  addressFields,
  contactFields,
  personFields,
  type ContactArray,
  type PersonArray,
} from './row-arrays.ts'

/**
 * The contact of a row.
 *
 * @returns `undefined` when it is in none of the account lists, or when it has people and all of
 *   them are deceased
 */
export function contactOfRow(
  id: string,
  array: ContactArray,
  lists: ReadonlyMap<string, AccountList>,
): Contact | undefined {
  const row = contactFields(array)
  const list = lists.get(row.accountListId)
  if (!list || !row.people) return undefined
  const [primary, spouse] = row.people
  return {
    id,
    accountListId: row.accountListId,
    name: row.name,
    greeting: row.greeting,
    envelopeGreeting: row.envelopeGreeting,
    isOrganization: row.isOrganization === 1,
    status: row.status,
    pledgeAmount: amountOf(row.pledgeAmount),
    pledgeCurrency: row.pledgeCurrency,
    pledgeFrequency: row.pledgeFrequency === 'NULL' ? null : Number(row.pledgeFrequency),
    pledgeReceived: row.pledgeReceived === 1,
    sendNewsletter: row.sendNewsletter,
    tags: typeof row.tags === 'string' ? row.tags.split(TAG_SEPARATOR) : (row.tags ?? []),
    address: row.address ? addressFields(row.address) : undefined,
    primary: primary && personOf(primary),
    spouse: spouse && personOf(spouse),
    namesDonorAccount: row.namesDonorAccount === 1,
    accountListName: list.name,
    homeCountry: list.homeCountry,
    defaultCurrency: list.defaultCurrency,
  }
}

/** `null` where the text is no finite number. */
function amountOf(text: string): number | null {
  const amount = Number(text)
  return Number.isFinite(amount) ? amount : null
}

function personOf(array: PersonArray): Person {
  const { firstName, lastName, emails, phones } = personFields(array)
  return {
    firstName,
    lastName,
    email: emails[0] ?? undefined,
    otherEmail: emails[1] ?? undefined,
    phone: phones[0] ?? undefined,
    otherPhone: phones[1] ?? undefined,
  }
}
