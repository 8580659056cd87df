import { sql, type SQL } from 'drizzle-orm'
import { contactPeople, contacts, people } from '../db/schema/index.ts'
import { personRow, type PersonRow } from './person-rows.ts'

/** A person of a contact; none where the person has been deleted. */
export type MemberRow = readonly [personId: string, isPrimary: number, person: PersonRow | null]

/** Of a contact with more people, only those are read who decide what a file shows. */
const FEW_PEOPLE = 4

/** The people of the contact, in the order of membership. @param most texts of more bytes are marks */
export const memberRows = (most: number): SQL => {
  const member = sql`json_array(member.person_id, member.is_primary, (${personRow(sql`member.person_id`, most)}))`
  return sql`(
    select case when count(*) > ${sql.raw(String(FEW_PEOPLE))} then ${decidingMembers(member)}
      else json_group_array(${member}) end
    from (
      select ${contactPeople.personId} as person_id, ${contactPeople.isPrimary} as is_primary from ${contactPeople}
      where ${contactPeople.contactId} = ${contacts.id} order by ${contactPeople.createdAt}, ${contactPeople.id}
      limit ${sql.raw(String(FEW_PEOPLE + 1))}) as member)`
}

/**
 * Those of many people who decide: the rules of `people.ts` give the same for them as for all. They are the first living
 * one who is marked primary; the first two living; the man and the person who were created first; somebody who is marked,
 * and somebody at all, for where these are deceased.
 */
const decidingMembers = (member: SQL): SQL => {
  const alive = sql`deceased = 0`
  const membership = sql`joined_at, member_id`
  const creation = sql`created_at, person_id`
  const deciding = [
    first(sql`${alive} and is_primary = 1`, membership),
    first(alive, membership),
    first(alive, membership, 1),
    first(sql`${alive} and is_male`, creation),
    first(alive, creation),
    first(sql`is_primary = 1`, membership),
    first(sql`true`, membership),
  ]
  return sql`(
    select json_group_array(${member}) from (
      with family as materialized (
        select ${contactPeople.id} as member_id, ${contactPeople.createdAt} as joined_at,
          ${contactPeople.personId} as person_id, ${contactPeople.isPrimary} as is_primary,
          ${people.gender} = 'male' as is_male, ${people.deceased} as deceased, ${people.createdAt} as created_at
        from ${contactPeople}
        join ${people} indexed by people_in_files on ${people.id} = ${contactPeople.personId}
        where ${contactPeople.contactId} = ${contacts.id})
      select person_id, is_primary from family where member_id in (${sql.join(deciding, sql`, `)})
      order by joined_at, member_id) as member)`
}

const first = (condition: SQL, order: SQL, skipped = 0): SQL =>
  sql`(select member_id from family where ${condition} order by ${order} limit 1 offset ${sql.raw(String(skipped))})`
