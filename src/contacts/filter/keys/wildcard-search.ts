import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import {
  contactDonorAccounts,
  contactPeople,
  contacts,
  donorAccounts,
  emailAddresses,
  people,
  phoneNumbers,
} from '../../../db/schema/index.ts'
import { holdsDigits, phoneDigits } from './phone-digits.ts'
import { ofItsPeople } from './contact-info-keys.ts'
import { searchWords } from '../values/search-text.ts'
import { contains, holdsEveryWord } from './text-search.ts'

/**
 * Contacts that contain the text: all its words in the name, or in the first or last name of one of
 * the people; or the whole text in an e-mail address, a phone number or a donor account's number;
 * or the digits of a telephone number among those of a phone number. Deceased people and historic
 * data are included.
 */
export function foundAnywhere(text: string): SQL {
  const words = searchWords(text)
  const digits = phoneDigits(text)
  const holds = (column: SQLWrapper) => contains(column, text)
  const conditions = [
    ofItsPeople(emailAddresses, emailAddresses.personId, holds(emailAddresses.email)),
    ofItsPeople(phoneNumbers, phoneNumbers.personId, holds(phoneNumbers.number)),
    sql`exists (select 1 from ${contactDonorAccounts}
      join ${donorAccounts} on ${donorAccounts.id} = ${contactDonorAccounts.donorAccountId}
      where ${contactDonorAccounts.contactId} = ${contacts.id}
      and ${holds(donorAccounts.accountNumber)})`,
  ]
  if (digits !== undefined) {
    const hasThem = holdsDigits(phoneNumbers.number, digits)
    conditions.push(ofItsPeople(phoneNumbers, phoneNumbers.personId, hasThem))
  }
  if (words.length > 0) {
    conditions.push(
      holdsEveryWord([contacts.name], words),
      sql`exists (select 1 from ${contactPeople}
        join ${people} on ${people.id} = ${contactPeople.personId}
        where ${contactPeople.contactId} = ${contacts.id}
        and ${holdsEveryWord([people.firstName, people.lastName], words)})`,
    )
  }
  return sql.join(conditions, sql` or `)
}
