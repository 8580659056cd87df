import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { addContact, addList, addPerson, LIST, newId } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'
import { write } from '../../helpers/write-test-lines.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

const membersOf = async (id: string) => {
  const { results } = await env.DB.prepare(
    'SELECT person_id, id, created_at FROM contact_people WHERE contact_id = ? ORDER BY created_at, id',
  )
    .bind(id)
    .all<{ person_id: string }>()
  return { ids: results.map((row) => row.person_id), rows: JSON.stringify(results) }
}
const send = (id: string, people: readonly string[]) =>
  write([
    { type: 'contacts', id, attributes: { people: people.map((person) => ({ id: person })) } },
  ])

describe('the order of people', () => {
  it('is that of the line, whatever was there before', async () => {
    const id = await addContact()
    const [a, b, c] = [newId(), newId(), newId()]
    for (const people of [[a], [a, b], [b, a], [c, b, a], [a, c], [b, a, c], [c, a, b]]) {
      expect((await send(id, people)).counts.updated).toBe(1)
      const { ids, rows } = await membersOf(id)
      expect(ids).toEqual(people)
      expect((await send(id, people)).counts.unchanged).toBe(1)
      expect((await membersOf(id)).rows).toBe(rows)
    }
  })

  it('leaves members alone that other programs have put in this order', async () => {
    const id = await addContact()
    const a = await addPerson(id, {}, { created_at: '2020-01-01T00:00:00Z' })
    const b = await addPerson(id, {}, { created_at: '2030-01-01T00:00:00Z' })
    const { rows } = await membersOf(id)
    expect((await send(id, [a, b])).counts.unchanged).toBe(1)
    expect((await membersOf(id)).rows).toBe(rows)
    const c = newId()
    await send(id, [a, b, c])
    expect((await membersOf(id)).ids).toEqual([a, b, c])
  })

  it('is kept in new contacts with many people', async () => {
    const id = newId()
    const people = Array.from({ length: 50 }, () => ({ id: crypto.randomUUID() }))
    await write([
      { type: 'contacts', id, attributes: { account_list_id: LIST, name: 'Doe', people } },
    ])
    expect((await membersOf(id)).ids).toEqual(people.map((person) => person.id))
  })
})
