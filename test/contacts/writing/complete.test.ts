import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { addList, LIST, newId, OTHER_LIST } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'
import { streamOf, write, writeBody } from '../../helpers/write-test-lines.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST)
})

const ROWS = {
  contacts: { account_list_id: LIST, name: 'Doe' },
  tasks: { account_list_id: LIST },
  appeals: { account_list_id: LIST },
} as const

type Type = keyof typeof ROWS

const completeOf = (type: Type, maxRemovals?: number) => ({
  complete: { type, accountListId: LIST, maxRemovals },
})

/** So many rows of the list and one of another. @returns the ids of the first, ascending */
async function fill(type: Type, rows: number): Promise<string[]> {
  const ids = Array.from({ length: rows }, () => newId())
  await insert(type, ...ids.map((id) => ({ id, ...ROWS[type] })))
  await insert(type, { id: newId(), ...ROWS[type], account_list_id: OTHER_LIST })
  return ids
}

const idsNow = async (type: Type): Promise<unknown[]> => {
  const query = `SELECT id FROM ${type} WHERE account_list_id = ? ORDER BY id`
  const { results } = await env.DB.prepare(query).bind(LIST).all()
  return results.map(({ id }) => id)
}

const linesOf = (type: Type, ids: readonly string[]) =>
  ids.map((id) => ({ type, id, attributes: ROWS[type] }))
const end = (lines: number) => ({ end: true, lines })

describe('a complete body', () => {
  it.each(['contacts', 'tasks', 'appeals'] as const)(
    'removes the %s that it does not name',
    async (type) => {
      const ids = await fill(type, 30)
      const kept = ids.filter((_, index) => ![0, 7, 8, 29].includes(index))
      const result = await write([...linesOf(type, kept), end(26)], completeOf(type))
      expect(result.end).toEqual({ state: 'done' })
      expect(result.counts).toMatchObject({ lines: 26, unchanged: 26, removed: 4 })
      expect(result.removal).toEqual({ unnamed: 4, removed: 4, truncated: undefined })
      expect(await idsNow(type)).toEqual(kept)
      expect(await env.DB.prepare(`SELECT count(*) AS n FROM ${type}`).first('n')).toBe(27)
      expect(result.recorded.at(-1)?.removed).toBe(4)
    },
  )

  it('removes nothing when it would be too much, and says how much; the lines are written', async () => {
    const ids = await fill('contacts', 200)
    const [firstId = '', ...others] = ids
    const line = { type: 'contacts', id: firstId, attributes: { name: 'New' } }
    for (const [kept, count] of [
      [others.slice(0, 178), 21],
      [[], 199],
    ] as const) {
      const lines = [line, ...linesOf('contacts', kept), end(1 + kept.length)]
      const result = await write(lines, completeOf('contacts'))
      expect(result.end).toMatchObject({ state: 'refused', status: 409 })
      expect(JSON.stringify(result.end)).toContain(`does not name ${count} contacts`)
      expect((await idsNow('contacts')).length).toBe(200)
    }
    const name = env.DB.prepare('SELECT name FROM contacts WHERE id = ?').bind(firstId)
    expect(await name.first('name')).toBe('New')
    const lines = [...linesOf('contacts', ids.slice(0, 180)), end(180)]
    expect((await write(lines, completeOf('contacts'))).removal?.removed).toBe(20)
    expect((await write([end(0)], completeOf('contacts', 180))).removal?.removed).toBe(180)
  })

  it('removes at least 10 rows of a short list', async () => {
    const ids = await fill('contacts', 11)
    const eleven = await write([end(0)], completeOf('contacts'))
    expect(eleven.end).toMatchObject({ status: 409 })
    const lines = [...linesOf('contacts', ids.slice(0, 1)), end(1)]
    expect((await write(lines, completeOf('contacts'))).removal?.removed).toBe(10)
  })

  it.each([
    ['has no end line', (text: string) => text],
    ['has an end line with another number', (text: string) => `${text}{"end":true,"lines":4}\n`],
    ['has an end line without a line break', (text: string) => `${text}{"end":true,"lines":3}`],
    ['ends within a line', (text: string) => `${text}{"type":"contacts","id":"00`],
  ])('that %s removes nothing behind its last id', async (_, bodyOf) => {
    const ids = await fill('contacts', 6)
    const [a = '', b = '', c = '', d = '', ...rest] = ids
    const text = linesOf('contacts', [a, b, d])
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('')
    const isCut = bodyOf(text).endsWith('00')
    const result = await writeBody(streamOf(bodyOf(text)), completeOf('contacts'))
    expect(result.removal?.truncated).toMatch(/removed/)
    // The id of a line that cannot be read may be any.
    expect(await idsNow('contacts')).toEqual(isCut ? ids : [a, b, d, ...rest])
    expect(result.removal?.removed).toBe(isCut ? 0 : 1)
    expect(c).not.toBe('')
  })

  it('is refused at the first id that does not ascend, after what came before', async () => {
    const ids = await fill('contacts', 3)
    const changed = ids.map((id) => ({ type: 'contacts', id, attributes: { name: 'New' } }))
    const [a = {}, b = {}, c = {}] = changed
    const result = await write([a, c, b, end(3)], completeOf('contacts'))
    expect(result.end).toMatchObject({ state: 'refused', status: 400 })
    expect(JSON.stringify(result.end)).toContain('Line 3 ')
    expect(result.counts).toMatchObject({ updated: 2, linesDone: 2 })
  })

  it('keeps a row whose line is refused', async () => {
    const [a = '', b = ''] = await fill('contacts', 2)
    const lines = [
      { type: 'contacts', id: a, attributes: { name: null } },
      { type: 'contacts', id: b, attributes: { donor_accounts: [newId()] } },
      end(2),
    ]
    const result = await write(lines, completeOf('contacts'))
    expect(result.counts).toMatchObject({ failed: 2, removed: 0 })
    expect(await idsNow('contacts')).toEqual([a, b])
  })

  it('says in a dry run what it would remove', async () => {
    const ids = await fill('contacts', 3)
    const result = await write([end(0)], { ...completeOf('contacts'), dryRun: true })
    expect(result.counts.removed).toBe(3)
    expect(await idsNow('contacts')).toEqual(ids)
  })
})
