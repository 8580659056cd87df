import { sql } from 'drizzle-orm'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { lowerCased } from '../../../src/contacts/filter/keys/lower-case-sql.ts'
import { lowerCase } from '../../../src/contacts/filter/values/lower-case.ts'
import { openDatabase } from '../../../src/db/client.ts'
import { addContact, addList } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'
import { exportedNames } from '../../helpers/files.ts'

/** Every letter of Unicode that has another in lower case, in the order of their code points. */
const CAPITALS = Array.from({ length: 0x2_0000 }, (_, codePoint) => codePoint)
  .filter((codePoint) => codePoint < 0xd800 || codePoint > 0xdfff)
  .map((codePoint) => String.fromCodePoint(codePoint))
  .filter((letter) => letter.toLowerCase() !== letter)

/** What the database makes of a text in which its own letters are sought. */
async function folded(text: string): Promise<unknown> {
  const row = await openDatabase(env.DB).get<{ folded: string }>(
    sql`select ${lowerCased(sql`${text}`, [lowerCase(text)])} as folded`,
  )
  return row.folded
}

describe('a text in lower case', () => {
  it('has a small letter for each capital, and one letter for one', () => {
    expect(lowerCase('ÉΣŽЖԱႠİǅ\u212A\u212B\u2126ẞ𐐀Ａ')).toBe('éσžжաⴀiǆkåωß𐐨ａ')
    expect(lowerCase('ς ß ı ſ 教 😀 ª')).toBe('ς ß ı ſ 教 😀 ª')
    for (const letter of CAPITALS) expect(Array.from(lowerCase(letter))).toHaveLength(1)
  })

  it.each([1, 6, 7, 40, 127, 128, 129, 200, CAPITALS.length])(
    'is the same in the database, in texts of %i capitals',
    async (length) => {
      const step = Math.max(length, Math.ceil(CAPITALS.length / 40))
      for (let from = 0; from < CAPITALS.length; from += step) {
        const text = CAPITALS.slice(from, from + length).join('')
        expect(await folded(text)).toBe(lowerCase(text))
      }
    },
  )

  it('is nothing where there is no text', async () => {
    for (const sought of ['k', 'éüöäèàç', LONG]) {
      const row = await openDatabase(env.DB).get<{ folded: unknown }>(
        sql`select ${lowerCased(sql`null`, [sought])} as folded`,
      )
      expect(row.folded).toBeNull()
    }
  })
})

const LETTERS = 'абвгдежзийклмнопрстуфхцчшщъыьэюя αβγδεζηθικλμνξοπρστυφχψω'
const MIXED = Array.from(LETTERS, (letter, at) =>
  at % 2 === 0 ? letter.toUpperCase() : letter,
).join('')

const LONG = CAPITALS.slice(0, 300).map(lowerCase).join('')

describe('a search', () => {
  beforeEach(async () => {
    await emptyStorage()
    await addList()
  })

  it.each([
    ['Latin', 'ÉMILE', 'émile', 'emile'],
    ['Turkish', 'İstanbul', 'ISTANBUL', 'ıstanbul'],
    ['Kelvin and Ångström', '\u212A\u212B', 'kå', 'ka'],
    ['Greek, whose last sigma is a letter of its own', 'ΣΊΣΥΦΟΣ', 'σίσυφοσ', 'σίσυφος'],
    ['German', 'STRAẞE', 'straße', 'strasse'],
    [
      'Cyrillic, a whole name',
      'АЛЕКСАНДР ИВАНОВИЧ ПЕТРОВ-ВОДКИН',
      'Александр Иванович Петров-Водкин',
      'Александр И. Петров',
    ],
    ['Armenian', 'ԱԲԳ', 'աբգ', 'աբդ'],
    ['Georgian', 'ᲐᲑᲒ', 'აბგ', 'აბდ'],
    ['Deseret', '𐐀𐐁', '𐐨𐐩', '𐐨𐐪'],
    ['Han, which has no case', '教会', '教会', '教'.repeat(3)],
    ['either apostrophe', 'O’Neill', "o'neill", 'oneill'],
    ['the plain apostrophe', "O'Neill", 'o’neill', 'o`neill'],
    ['many letters in no usual case', MIXED, LETTERS, `${LETTERS}э`],
    [
      'a text after one that begins like it',
      `${LETTERS.slice(0, 50)} ${MIXED}`,
      LETTERS.slice(0, 50),
      'яюэ',
    ],
    ['signs that are patterns elsewhere', '%_\\*?[A]', '%_\\*?[a]', '%%'],
  ])('finds %s in either case', async (_, name, same, other) => {
    await addContact({ name, notes: `x${name}x`, church_name: name })
    await addContact({ name: '-' })
    for (const text of [name, same]) {
      expect(await exportedNames({ name_like: text })).toEqual([name])
      expect(await exportedNames({ wildcard_search: text })).toEqual([name])
      expect(await exportedNames({ notes: text })).toEqual([name])
    }
    expect(await exportedNames({ name_like: other })).toEqual([])
    expect(await exportedNames({ notes: other })).toEqual([])
    expect(await exportedNames({ church: [name] })).toEqual([name])
    expect(await exportedNames({ church: [other] })).toEqual([])
  })

  it('goes on where the text only seems to be, and does not where it is not', async () => {
    await addContact({ name: 'twice', notes: `${LETTERS.slice(0, 45)} ${MIXED}!` })
    await addContact({ name: 'almost', notes: `${LETTERS.slice(0, 45)} ${LETTERS.slice(1)}!` })
    await addContact({ name: 'cut', notes: MIXED.slice(20) })
    expect(await exportedNames({ notes: LETTERS })).toEqual(['twice'])
    expect(await exportedNames({ notes: LETTERS, reverse_notes: true })).toEqual(['almost', 'cut'])
  })
})
