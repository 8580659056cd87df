import { beforeEach, describe, expect, it } from 'vitest'
import { requestedName } from '../../src/export-files/requested-name.ts'
import { call, EXPORTS, MAILING } from '../helpers/api.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { download, logOf } from '../helpers/files.ts'

const nameOf = (name: string, extension = 'csv') =>
  requestedName(`https://exports.example/?name=${encodeURIComponent(name)}`, extension)

const disposition = async (path: string, init = {}) =>
  (await call(path, init)).headers.get('Content-Disposition')

describe('a name that a person has chosen', () => {
  it.each([
    ['contacts smith-office 2026-11-26 1405', 'contacts smith-office 2026-11-26 1405'],
    ['contacts.csv', 'contacts'],
    ['contacts.CSV', 'contacts'],
    ['contacts.xlsx', 'contacts.xlsx'],
    ['v1.2', 'v1.2'],
    ['Büro Süd', 'Büro Süd'],
    ['Bu\u0308ro', 'Büro'],
    ['教会', '教会'],
    ['👩‍👧', '👩👧'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['C:\\temp\\x', 'C--temp-x'],
    ['a/b', 'a-b'],
    ['a"b<c>d|e?f*g:h', 'a-b-c-d-e-f-g-h'],
    ['a\r\nSet-Cookie: x=1', 'a Set-Cookie- x=1'],
    ['a\u0000b', 'a b'],
    ['fdp\u202Evsc.exe', 'fdpvsc.exe'],
    ['  a   b  ', 'a b'],
    ['.hidden.', 'hidden'],
    ['con', '_con'],
    ['LPT1.old', '_LPT1.old'],
    ['console', 'console'],
    ['x'.repeat(500), 'x'.repeat(200)],
    ['é'.repeat(500), 'é'.repeat(100)],
    ['', undefined],
    [' . ', undefined],
    ['.csv', 'csv'],
    ['///', undefined],
    ['\u200b', undefined],
  ])('%j is saved as %j', (name, saved) => {
    expect(nameOf(name)).toBe(saved)
  })

  it('is not one at all without the parameter', () => {
    expect(requestedName('https://exports.example/', 'csv')).toBeUndefined()
  })
})

describe('the name of a file', () => {
  beforeEach(async () => {
    await emptyStorage()
    await addList()
    await addContact()
  })

  it('is the chosen one, when it is made, kept, looked at and at once', async () => {
    const id = await logOf({})
    const name = 'contacts%20smith-office%202026-11-26%201405'
    const expected = 'attachment; filename="contacts smith-office 2026-11-26 1405.csv"'
    expect(await disposition(`${EXPORTS}/${id}.csv?name=${name}`)).toBe(expected)
    expect(await disposition(`${EXPORTS}/${id}.csv?name=${name}.csv`)).toBe(expected)
    expect(await disposition(`${EXPORTS}/${id}.csv?name=${name}`, { method: 'HEAD' })).toBe(
      expected,
    )
    expect(await disposition(`${EXPORTS}.csv?name=${name}`)).toBe(expected)
    expect(await disposition(`${MAILING}.xlsx?name=B%C3%BCro`)).toBe(
      `attachment; filename="Buro.xlsx"; filename*=UTF-8''B%C3%BCro.xlsx`,
    )
  })

  it('can be added to a signed link', async () => {
    const { links } = JSON.parse((await call(`${EXPORTS}/${await logOf({})}`)).text).data
    const { pathname, search } = new URL(links.csv)
    expect(await disposition(`${pathname}${search}&name=mine`, { user: null })).toBe(
      'attachment; filename="mine.csv"',
    )
  })

  it('is that of the service without one, and makes no other file', async () => {
    const id = await logOf({})
    const first = await download(id)
    const own = first.headers.get('Content-Disposition')
    expect(own).toMatch(/filename="contacts-\d{8}\.csv"$/)
    expect(await disposition(`${EXPORTS}/${id}.csv?name=`)).toBe(own)
    const named = await call(`${EXPORTS}/${id}.csv?name=mine`)
    expect([named.headers.get('ETag') === null, named.text]).toEqual([false, first.text])
  })

  it('is a 400 when it is given twice, or cannot be decoded', async () => {
    const id = await logOf({})
    for (const path of [`${EXPORTS}/${id}.csv`, `${EXPORTS}.csv`]) {
      for (const query of ['name=a&name=b', 'name=%FF']) {
        const { status, text } = await call(`${path}?${query}`)
        expect([status, JSON.parse(text).errors[0].source]).toEqual([400, { parameter: 'name' }])
      }
    }
  })
})
