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
import { filterKey, isEmpty, type FilterKey } from './filter-key.ts'
import { yesOrNo } from '../values/values.ts'

/** A key that asks whether a contact has something. */
const hasKey = (exists: SQL): FilterKey =>
  filterKey(yesOrNo, (has) => (has ? exists : sql`not ${exists}`))

/** A contact one of whose people has a row that satisfies a condition. */
export const ofItsPeople = (table: SQLiteTable, personId: SQLWrapper, condition: SQL): SQL =>
  sql`exists (select 1 from ${contactPeople} join ${table} on ${personId} = ${contactPeople.personId}
    where ${contactPeople.contactId} = ${contacts.id} and ${condition})`

const hasPhone = (location: 'home' | 'mobile' | 'work'): SQL =>
  ofItsPeople(
    phoneNumbers,
    phoneNumbers.personId,
    sql`${phoneNumbers.historic} = 0 and ${phoneNumbers.location} = ${location}
      and not ${isEmpty(phoneNumbers.number)}`,
  )

/** The keys about how to reach a contact, in the order of the page on filters. */
export const reachKeys = {
  contact_info_email: hasKey(
    ofItsPeople(
      emailAddresses,
      emailAddresses.personId,
      sql`${emailAddresses.historic} = 0 and not ${isEmpty(emailAddresses.email)}`,
    ),
  ),
  contact_info_phone: hasKey(hasPhone('home')),
  contact_info_mobile: hasKey(hasPhone('mobile')),
  contact_info_work_phone: hasKey(hasPhone('work')),
  contact_info_addr: hasKey(
    sql`exists (select 1 from ${addresses} where ${addresses.contactId} = ${contacts.id}
      and ${addresses.deleted} = 0 and ${addresses.historic} = 0 and not ${isEmpty(addresses.street)})`,
  ),
  contact_info_facebook: hasKey(
    ofItsPeople(
      personFacebookAccounts,
      personFacebookAccounts.personId,
      sql`not ${isEmpty(personFacebookAccounts.username)}`,
    ),
  ),
}
