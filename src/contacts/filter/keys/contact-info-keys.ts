import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import {
  addresses,
  contactPeople,
  contacts,
  emailAddresses,
  personFacebookAccounts,
  phoneNumbers,
} from '../../../db/schema/index.ts'
import { isEmpty } from './conditions.ts'
import { filterKey, type KeyDescription } from './filter-key.ts'
import { yesOrNo } from '../values/scalars.ts'

/** A key that asks whether a contact has something. */
const hasKey = (description: KeyDescription, exists: SQL) =>
  filterKey(description, yesOrNo, (has) => (has ? exists : sql`not ${exists}`))

/** A contact one of whose people has a row that satisfies a condition. */
export const ofItsPeople = (table: SQLiteTable, personId: SQLWrapper, condition: SQL): SQL =>
  sql`exists (select 1 from ${contactPeople}
    join ${table} on ${personId} = ${contactPeople.personId}
    where ${contactPeople.contactId} = ${contacts.id} and ${condition})`

const hasPhone = (location: 'home' | 'mobile' | 'work'): SQL =>
  ofItsPeople(
    phoneNumbers,
    phoneNumbers.personId,
    sql`${phoneNumbers.historic} = 0 and ${phoneNumbers.location} = ${location}
      and not ${isEmpty(phoneNumbers.number)}`,
  )

/** The keys about how to reach a contact, in the order of the page on filters. */
export const contactInfoKeys = {
  contact_info_email: hasKey(
    { selects: 'that have an e-mail address, or have none', example: 'Yes' },
    ofItsPeople(
      emailAddresses,
      emailAddresses.personId,
      sql`${emailAddresses.historic} = 0 and not ${isEmpty(emailAddresses.email)}`,
    ),
  ),
  contact_info_phone: hasKey(
    { selects: 'that have a home telephone number, or have none', example: 'Yes' },
    hasPhone('home'),
  ),
  contact_info_mobile: hasKey(
    { selects: 'that have a mobile telephone number, or have none', example: 'Yes' },
    hasPhone('mobile'),
  ),
  contact_info_work_phone: hasKey(
    { selects: 'that have a work telephone number, or have none', example: 'No' },
    hasPhone('work'),
  ),
  contact_info_addr: hasKey(
    { selects: 'that have an address with a street, or have none', example: 'Yes' },
    sql`exists (select 1 from ${addresses} where ${addresses.contactId} = ${contacts.id}
      and ${addresses.deleted} = 0 and ${addresses.historic} = 0
      and not ${isEmpty(addresses.street)})`,
  ),
  contact_info_facebook: hasKey(
    { selects: 'that have a Facebook account, or have none', example: 'No' },
    ofItsPeople(
      personFacebookAccounts,
      personFacebookAccounts.personId,
      sql`not ${isEmpty(personFacebookAccounts.username)}`,
    ),
  ),
}
