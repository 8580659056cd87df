import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { snakeCase } from '../../../src/contacts/filter/values/json-values.ts'
import { filterKeyNames } from '../../../src/contacts/filter/keys/keys.ts'
import { readFilter } from '../../../src/contacts/filter/read-filter.ts'

/** A body can be four times as long; a reader that takes the square of the length is found out by this. */
const LENGTH = 256 * 1024

const filled = (piece: string, end = '') =>
  piece.repeat(Math.floor((LENGTH - end.length) / piece.length)) + end

/** Texts over which a reader that goes back and forth would sit for minutes. */
const LONG = [
  filled('A'),
  filled('A1'),
  filled('1'),
  filled('aB'),
  filled('-'),
  filled('.', '\nx'),
  filled('.. ', '\nx'),
  filled(':00.0'),
  `2022-01-12T17:18:07.${filled('0', 'x').slice(20)}`,
  filled(' ', 'x'),
  filled('"'),
  filled('"', 'x'),
  filled('"a,'),
  filled('"""a,'),
  filled('" '),
  filled(','),
  filled('1_'),
  filled('['),
  filled('{"a":'),
]

describe('a long text is soon done with', () => {
  it.each(LONG.map((text) => [text.slice(0, 12), text]))('%j…, as a key', (_, text) => {
    expect(readFilter({ [text]: 'x', [`reverse_${text}`]: true }, '2022-01-12')).toHaveProperty(
      'filter',
    )
  })

  it.each(LONG.map((text) => [text.slice(0, 12), text]))('%j…, as a value', (_, text) => {
    for (const key of filterKeyNames) {
      for (const value of [text, [text], { start: text }, { min: text }]) {
        const read = readFilter({ [key]: value }, '2022-01-12')
        expect('filter' in read || 'problems' in read).toBe(true)
      }
    }
  })
})

/** The rules of MPDX, as they are written there; over a long key they take the square of its length. */
const underscored = (name: string) =>
  name
    .replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase()

it('a key is written in snake_case by the rules of MPDX', () => {
  const unit = fc.constantFrom('A', 'B', 'a', 'b', '1', '2', '-', '_', 'É', 'é')
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (name) => {
      expect(snakeCase(name)).toBe(underscored(name))
    }),
    { numRuns: 5000 },
  )
})
