import { sql, type SQL } from 'drizzle-orm'
import { isSameMember, type BatchState } from './batch-state.ts'
import { jsonChunks } from './json-chunks.ts'
import type { PendingWrites } from './pending-writes.ts'

/** Makes people members of contacts. The pair is the key. The id is the key of a statement that is run again. */
export function upsertMembers({ members, storedMembers }: BatchState): SQL[] {
  const rows = [...members].flatMap(([contactId, list]) => {
    const stored = new Map(storedMembers.get(contactId)?.map((member) => [member.personId, member]))
    return list
      .filter((member) => !isSameMember(stored.get(member.personId), member))
      .map(({ id, personId, isPrimary, createdAt }) => [
        id,
        contactId,
        personId,
        isPrimary,
        createdAt,
      ])
  })
  return jsonChunks(rows, (row) => row).map(
    (json) => sql`insert into contact_people (id, contact_id, person_id, is_primary, created_at)
      select g.value ->> 0, g.value ->> 1, g.value ->> 2, g.value ->> 3, g.value ->> 4
      from json_each(${json}) as g where true
      on conflict (contact_id, person_id) do update
      set is_primary = excluded.is_primary, created_at = excluded.created_at
      where is_primary is not excluded.is_primary or created_at is not excluded.created_at
      on conflict (id) do nothing`,
  )
}

/**
 * People who are nobody's any more go with what they own. They go first, since a trigger notes the
 * account lists of their contacts.
 */
export function removeMembers({ members }: BatchState, { formerMembers }: PendingWrites): SQL[] {
  const former = formerMembers.filter(
    ([contactId, personId]) =>
      members.get(contactId)?.some((member) => member.personId === personId) !== true,
  )
  return jsonChunks(former, (pair) => pair).flatMap((json) => {
    const pairs = sql`(select value ->> 0, value ->> 1 from json_each(${json}))`
    return [
      sql`delete from people where id in (select value ->> 1 from json_each(${json}))
        and not exists (select 1 from contact_people as j
          where j.person_id = people.id and (j.contact_id, j.person_id) not in ${pairs})`,
      sql`delete from contact_people where (contact_id, person_id) in ${pairs}`,
    ]
  })
}
