import { sql, type SQL } from 'drizzle-orm'
import { contactPeople, contacts, people } from '../../../db/schema/index.ts'
import { personRow } from './person-row.ts'

/**
 * The SQL of the people whom files show of a contact: the primary person, if there is one, and the
 * spouse, if there is one. It is NULL when the contact has people and all of them are deceased.
 *
 * @param most the bytes of the longest text that is no mark
 */
export const peopleRows = (most: number): SQL => {
  const rows = sql`json_group_array((${personRow(sql`shown.person_id`, most)}))`
  return sql`(
    select case
      when count(*) > 2 then (select ${rows} from (${primaryAndSpouse}) as shown)
      when count(*) > 0 or not ${hasPeople} then ${rows} end
    from (select person_id from (${living}) order by ${primaryFirst} limit 3) as shown)`
}

/** The living people of the contact. */
const living = sql`
  select ${contactPeople.personId} as person_id, ${contactPeople.isPrimary} as is_primary,
    ${contactPeople.createdAt} as joined_at, ${contactPeople.id} as member_id,
    ${people.createdAt} as created_at, ${people.gender} is 'male' as is_male,
    is_anyone_marked
  from (select max(marked.is_primary) as is_anyone_marked from ${contactPeople} as marked
    where marked.contact_id = ${contacts.id})
  cross join ${contactPeople}
  cross join ${people} on ${people.id} = ${contactPeople.personId}
  where ${contactPeople.contactId} = ${contacts.id} and ${people.deceased} = 0`

/**
 * The order in which the first of the living people is the one whom letters address first (MPDX,
 * `Contact#primary_person`): the one marked primary. If only deceased people are marked, the first
 * by membership. If nobody is marked, the man created first, otherwise the person created first.
 */
const primaryFirst = sql`is_primary desc,
  case when is_anyone_marked then joined_at end, case when is_anyone_marked then member_id end,
  is_male desc, created_at, person_id`

/** Of many people, the primary person and then the first of the others by membership. */
const primaryAndSpouse = sql`
  with family as materialized (${living}),
    primaries as materialized (
      select person_id as primary_id from family order by ${primaryFirst} limit 1)
  select person_id from primaries cross join family
  order by person_id = primary_id desc, joined_at, member_id limit 2`

const hasPeople = sql`exists (
  select 1 from ${contactPeople} cross join ${people} on ${people.id} = ${contactPeople.personId}
  where ${contactPeople.contactId} = ${contacts.id})`
