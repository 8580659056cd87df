import { sql, type SQL } from 'drizzle-orm'
import { emailAddresses, people, phoneNumbers } from '../../../db/schema/index.ts'
import { personArray } from './row-arrays.ts'
import { textOrMark } from './text-marks.ts'

/**
 * The SQL of the person with an id, as one JSON array.
 *
 * @param most the bytes of the longest text that is no mark
 */
export const personRow = (id: SQL, most: number): SQL => sql`
  select ${personArray({
    firstName: textOrMark(people.firstName, most),
    lastName: textOrMark(people.lastName, most),
    emails: primaryAndOther(emailAddresses, emailAddresses.email, most),
    phones: primaryAndOther(phoneNumbers, phoneNumbers.number, most),
  })}
  from ${people} where ${people.id} = ${id}`

/**
 * The primary one, or the first of several, even if it is historic; and the first of the others
 * that are not historic, primary ones before others. Without a primary one it begins with NULL.
 */
const primaryAndOther = (
  table: typeof emailAddresses | typeof phoneNumbers,
  value: typeof emailAddresses.email | typeof phoneNumbers.number,
  most: number,
): SQL => sql`(
  select case max(is_primary)
    when 1 then json_group_array(${textOrMark(value, most, sql`value`, sql`row_id`)})
    when 0 then json_array(null,
      json_group_array(${textOrMark(value, most, sql`value`, sql`row_id`)}) -> 0)
    else json_array() end
  from (
    select ${value} as value, ${table.isPrimary} as is_primary, ${table.id} as row_id from ${table}
    where ${table.personId} = ${people.id} and (${table.historic} = 0
      or ${table.isPrimary} = 1 and ${table.id} = (
        select marked.id from ${table} as marked
        where marked.person_id = ${people.id} and marked.is_primary = 1
        order by marked.created_at, marked.id limit 1))
    order by ${table.isPrimary} desc, ${table.createdAt}, ${table.id} limit 2))`
