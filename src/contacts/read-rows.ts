import { sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { contactRow, type ContactRow } from './contact-rows.ts'
import { personRow, type PersonRow } from './person-rows.ts'

/** What was found, by id; what has been deleted is missing. */
export type Rows = {
  readonly contacts: ReadonlyMap<string, ContactRow>
  readonly people: ReadonlyMap<string, PersonRow>
}

/** D1 counts what comes out of `json_each` among the rows read: so each of its rows holds a few people. */
const PEOPLE_OF_A_ROW = 8

/**
 * Reads contacts, and people of contacts that were read before, in one statement. Both are asked for in the order of the
 * indexes: neighbours share a page of the database, which people in the order of their contacts never do.
 */
export async function readRows(
  database: Database,
  contactIds: readonly string[],
  personIds: readonly string[],
): Promise<Rows> {
  const sorted = contactIds.toSorted()
  const groups = inGroups([...new Set(personIds)].toSorted())
  const found = await database.values<[place: number, json: string | null]>(sql`
    select page.key as place, (${contactRow()}) as json from json_each(${JSON.stringify(sorted)}) as page
    union all
    select ~page.key, json_array(${eachPerson}) from json_each(${JSON.stringify(groups)}) as page`)
  const contacts = new Map<string, ContactRow>()
  const people = new Map<string, PersonRow>()
  for (const [place, json] of found) {
    const id = sorted[place]
    if (json === null) continue
    if (id !== undefined) contacts.set(id, readContact(json))
    else addGroup(people, groups[~place] ?? [], readPeople(json))
  }
  return { contacts, people }
}

const eachPerson = sql.join(
  Array.from(
    { length: PEOPLE_OF_A_ROW },
    (_, index) => sql`(${personRow(sql`page.value ->> ${sql.raw(String(index))}`)})`,
  ),
  sql`, `,
)

function inGroups(ids: readonly string[]): readonly (readonly string[])[] {
  const groups: (readonly string[])[] = []
  for (let from = 0; from < ids.length; from += PEOPLE_OF_A_ROW) {
    groups.push(ids.slice(from, from + PEOPLE_OF_A_ROW))
  }
  return groups
}

function addGroup(
  people: Map<string, PersonRow>,
  ids: readonly string[],
  rows: readonly (PersonRow | null)[],
): void {
  for (const [index, id] of ids.entries()) {
    const row = rows[index]
    if (row) people.set(id, row)
  }
}

// What our own SQL has put together.
const readContact = (json: string): ContactRow => JSON.parse(json)
const readPeople = (json: string): readonly (PersonRow | null)[] => JSON.parse(json)
