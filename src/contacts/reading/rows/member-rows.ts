import { sql, type SQL } from 'drizzle-orm'
import { contactPeople, contacts, people } from '../../../db/schema/index.ts'
import { personRow } from './person-row.ts'
import { memberArray } from './row-arrays.ts'

/** Of a contact with more people, only those are read who determine what a file shows. */
const FEW_PEOPLE = 4

/**
 * The SQL of the people of the contact, in the order of membership.
 *
 * @param most the bytes of the longest text that is no mark
 */
export const memberRows = (most: number): SQL => {
  const member = memberArray({
    personId: sql`member.person_id`,
    isPrimary: sql`member.is_primary`,
    person: sql`(${personRow(sql`member.person_id`, most)})`,
  })
  return sql`(
    select case when count(*) > ${sql.raw(String(FEW_PEOPLE))} then ${decidingMembers(member)}
      else json_group_array(${member}) end
    from (
      select ${contactPeople.personId} as person_id, ${contactPeople.isPrimary} as is_primary
      from ${contactPeople} where ${contactPeople.contactId} = ${contacts.id}
      order by ${contactPeople.createdAt}, ${contactPeople.id}
      limit ${sql.raw(String(FEW_PEOPLE + 1))}) as member)`
}

/**
 * Of many people, those for whom the rules of `people.ts` give the same as for all: the first
 * living one who is marked primary; the first two living; the man and the person who were created
 * first; somebody who is marked, and somebody at all, for the case that these are deceased. All
 * times have one length, so that texts of a time and an id compare as the two do.
 */
const decidingMembers = (member: SQL): SQL => sql`(
  select json_group_array(${member}) from (
    with family as materialized (
      select ${contactPeople.createdAt} || ${contactPeople.id} as joined,
        ${people.createdAt} || ${people.id} as created,
        ${contactPeople.personId} as person_id, ${contactPeople.isPrimary} as is_primary,
        ${people.gender} = 'male' as is_male, ${people.deceased} = 0 as lives
      from ${contactPeople}
      join ${people} on ${people.id} = ${contactPeople.personId}
      where ${contactPeople.contactId} = ${contacts.id}),
    firsts as materialized (
      select min(joined) as member, min(joined) filter (where is_primary) as marked,
        min(joined) filter (where lives) as living,
        min(joined) filter (where lives and is_primary) as living_marked,
        min(created) filter (where lives) as eldest,
        min(created) filter (where lives and is_male) as man
      from family),
    seconds as materialized (
      select min(joined) as living from family, firsts where lives and joined > firsts.living)
    select person_id, is_primary from family, firsts, seconds
    where joined in (firsts.member, marked, firsts.living, living_marked, seconds.living)
      or created in (eldest, man)
    order by joined) as member)`
