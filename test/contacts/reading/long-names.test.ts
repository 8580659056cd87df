import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS } from '../../helpers/api.ts'
import { addContact, addList, LIST, OTHER_LIST } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'
import { csvRows, logOf } from '../../helpers/files.ts'
import { limitedDatabase } from '../../helpers/limited-database.ts'

/** As JSON such a name has six bytes a character: 10 MB, where D1 takes 2 MB as a value. */
const CONTROL_CHARACTERS = '\u0001'.repeat(1_700_000)

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST)
})

type Row = { readonly attributes: Readonly<Record<string, string>> }

const isWanted = (
  name: string,
  filter: { name_like?: string; wildcard_search?: string },
): boolean =>
  name.toLowerCase().startsWith(filter.name_like ?? '') &&
  name.includes(filter.wildcard_search ?? '')

/** Several account lists are merged by the beginnings of names. */
const addContacts = async (account_list_ids: readonly string[]): Promise<void> => {
  for (const account_list_id of account_list_ids) {
    for (const name of ['Last', CONTROL_CHARACTERS, 'First', `\u0002y${CONTROL_CHARACTERS}`]) {
      await addContact({ name, account_list_id })
    }
  }
}

describe.each([
  ['an account list', [LIST]],
  ['two account lists', [LIST, OTHER_LIST]],
])('names of 1.7 MB of control characters in %s', (_, lists) => {
  const names = ['', 'y', 'First', 'Last'].flatMap((name) => lists.map(() => name))

  it.each([{}, { status_valid: true }, { name_like: 'la' }, { wildcard_search: 'st' }])(
    'leave a file whole, filtered by %j',
    async (filter) => {
      await addContacts(lists)
      const { bindings } = limitedDatabase()
      const { status, text } = await call(`${EXPORTS}/${await logOf(filter)}.csv`, { bindings })
      const wanted = names.filter((name) => isWanted(name, filter))
      expect(status).toBe(200)
      expect(
        csvRows(text)
          .slice(1)
          .map(([name]) => name),
      ).toEqual(wanted)
    },
  )

  it('leave the preview whole', async () => {
    await addContacts(lists)
    const { bindings } = limitedDatabase()
    const { status, text } = await call(`${EXPORTS}/preview`, { bindings })
    expect(status).toBe(200)
    const { data, meta } = JSON.parse(text)
    expect(meta.total).toBe(names.length)
    const shown = data.map(({ attributes }: Row) => attributes['Contact Name'])
    expect(shown.filter((name: string) => /^[A-Z]/.test(name))).toEqual(
      names.filter((name) => /^[A-Z]/.test(name)),
    )
    expect(text.length).toBeLessThan(1_000_000)
  })
})
