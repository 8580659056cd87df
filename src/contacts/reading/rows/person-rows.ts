import { sql, type SQL } from 'drizzle-orm'
import { emailAddresses, people, phoneNumbers } from '../../../db/schema/index.ts'
import { textOrMark } from './text-marks.ts'

/** The person with an id, as one JSON array. @param most texts of more bytes are marks */
export const personRow = (id: SQL, most: number): SQL => sql`
  select json_array(${textOrMark(people.firstName, most)}, ${textOrMark(people.lastName, most)},
    ${people.gender} = 'male', ${people.deceased}, ${people.createdAt},
    ${firstTwo(emailAddresses, emailAddresses.email, most)},
      ${firstTwo(phoneNumbers, phoneNumbers.number, most)})
  from ${people} indexed by people_in_files where ${people.id} = ${id}`

/**
 * Two at the most: the primary one, of several the first, historic or not; and of the others that
 * are not historic the first, primary ones before others.
 */
const firstTwo = (
  table: typeof emailAddresses | typeof phoneNumbers,
  value: typeof emailAddresses.email | typeof phoneNumbers.number,
  most: number,
): SQL => sql`(
  select json_group_array(json_array(${textOrMark(value, most, sql`value`, sql`row_id`)},
    is_primary)) from (
    select ${value} as value, ${table.isPrimary} as is_primary, ${table.id} as row_id from ${table}
    where ${table.personId} = ${people.id} and (${table.historic} = 0 or ${table.isPrimary} = 1
      and ${table.id} = (
      select marked.id from ${table} as marked where marked.person_id = ${people.id}
        and marked.is_primary = 1
      order by marked.created_at, marked.id limit 1))
    order by ${table.isPrimary} desc, ${table.createdAt}, ${table.id} limit 2))`
