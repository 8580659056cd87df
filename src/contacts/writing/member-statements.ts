import { sql, type SQL } from 'drizzle-orm'
import { jsonChunks } from './json-chunks.ts'
import type { PendingWrites } from './pending-writes.ts'

/** Makes people members of contacts. The pair is the key. The id is the key of a statement that is run again. */
export function upsertMembers({ members }: PendingWrites): SQL[] {
  const rows = [...members].flatMap(([contactId, list]) =>
    list.map((member) => ({ ...member, contactId })),
  )
  return jsonChunks(rows, (row) => [
    row.id,
    row.contactId,
    row.personId,
    row.isPrimary,
    row.createdAt,
  ]).map(
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
export function removeMembers({ formerMembers }: PendingWrites): SQL[] {
  return jsonChunks(formerMembers, (pair) => pair).flatMap((json) => {
    const former = sql`(select value ->> 0, value ->> 1 from json_each(${json}))`
    return [
      sql`delete from people where id in (select value ->> 1 from json_each(${json}))
        and not exists (select 1 from contact_people as j
          where j.person_id = people.id and (j.contact_id, j.person_id) not in ${former})`,
      sql`delete from contact_people where (contact_id, person_id) in ${former}`,
    ]
  })
}
