import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { filterKeyNames } from '../src/contacts/filter/keys/keys.ts'
import { OTHER_USER, post, tokenFor, call, EXPORTS } from './helpers/api.ts'
import { addContact, addList, LIST, OTHER_LIST } from './helpers/contacts.ts'
import { emptyStorage, insert } from './helpers/database.ts'
import { exportedNames } from './helpers/files.ts'

const HOSTILE = [
  `' OR 1=1 --`,
  `'); DELETE FROM contacts; --`,
  `" OR ""="`,
  `%' OR '%'='`,
  `\\' OR 1=1; --`,
  `?1, :x, @y, $z`,
  `') UNION SELECT id FROM contacts --`,
]

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST, {}, OTHER_USER)
  await addContact({ name: 'mine' })
  await addContact({ name: 'theirs', account_list_id: OTHER_LIST })
})

describe.each(HOSTILE)('the text %j', (text) => {
  it('as the value of any key selects no contact of another user, and changes nothing', async () => {
    for (const key of [...filterKeyNames, 'account_list_id', 'any_filter', 'any_tags']) {
      for (const value of [text, [text], { min: text, start: text, wildcard_note_search: text }]) {
        const { status } = await post({ filter: { [key]: value } })
        expect([key, [201, 400, 404].includes(status)]).toEqual([key, true])
        const names = status === 201 ? await exportedNames({ [key]: value }) : []
        expect(names).not.toContain('theirs')
      }
    }
    expect(await env.DB.prepare('SELECT count(*) FROM contacts').first('count(*)')).toBe(2)
  })

  it('as a name, a tag, a key or a user means only itself', async () => {
    const id = await addContact({ name: text })
    await insert('contact_tags', { contact_id: id, name: text })
    const quoted = `"${text.replaceAll('"', '""')}"`
    expect(await exportedNames({ name_like: text })).toEqual([text])
    expect(await exportedNames({ tags: quoted })).toEqual([text])
    expect(await exportedNames({ [text]: text })).toHaveLength(2)
    const headers = { Authorization: `Bearer ${await tokenFor(text)}` }
    const { status } = await call(`${EXPORTS}/${LIST}`, { headers })
    expect(status).toBe(404)
  })
})
