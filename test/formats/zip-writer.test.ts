import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { joinBytes } from '../../src/streams/join-bytes.ts'
import { zipWriter } from '../../src/formats/zip-writer.ts'

const MADE_AT = new Date('2022-01-12T17:18:08Z')

it('gives back what went in, entry by entry and piece by piece', () => {
  const zip = zipWriter(MADE_AT)
  const bytes = joinBytes([
    zip.open('a.txt'),
    zip.write('one '),
    zip.write('two'),
    zip.close(),
    zip.open('ö.txt'),
    zip.close(),
    zip.end(),
  ])
  const entries = Object.entries(unzipSync(bytes)).map(([name, content]) => [
    name,
    strFromU8(content),
  ])
  expect(entries).toEqual([
    ['a.txt', 'one two'],
    ['ö.txt', ''],
  ])
})

it('refuses to write an entry, or a file, that is larger than 32 bits can count', () => {
  const entry = zipWriter(MADE_AT, 100)
  entry.open('a.txt')
  expect(() => entry.write('a'.repeat(101))).toThrow(RangeError)
  const file = zipWriter(MADE_AT, 100)
  file.open('a.txt')
  file.write('a')
  file.close()
  expect(() => file.end()).toThrow(RangeError)
})
