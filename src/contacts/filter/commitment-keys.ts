import { sql } from 'drizzle-orm'
import { contacts } from '../../db/schema/index.ts'
import { filterKey } from './filter-key.ts'
import { flag } from './values.ts'

/** The keys about what a contact has committed to. */
export const commitmentKeys = {
  pledge_received: filterKey(
    flag,
    (received) => sql`${contacts.pledgeReceived} = ${received ? 1 : 0}`,
  ),
}
