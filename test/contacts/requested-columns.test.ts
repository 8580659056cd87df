import { describe, expect, it } from 'vitest'
import { columnByKey, contactColumns } from '../../src/contacts/columns.ts'
import { requestedColumns } from '../../src/contacts/requested-columns.ts'

const keysOf = (input: unknown) => requestedColumns.parse(input)?.map(({ key }) => key)
const objectionsTo = (input: unknown) =>
  requestedColumns.safeParse(input).error?.issues.map(({ message }) => message) ?? []

const every = [...columnByKey.keys()]

describe('the columns asked for', () => {
  it.each([
    ['an array', ['tags', 'contact_id'], ['tags', 'contact_id']],
    ['a text', 'tags,contact_id', ['tags', 'contact_id']],
    ['a text with blanks', ' tags , contact_id ', ['tags', 'contact_id']],
    ['an array of one', ['address_block'], ['address_block']],
    ['every column', every, every],
    ['nothing', undefined, undefined],
    ['null', null, undefined],
  ])('are read from %s', (_, input, keys) => {
    expect(keysOf(input)).toEqual(keys)
  })

  it('may be those of contacts, the address block, the id and the account list', () => {
    const others = ['address_block', 'contact_id', 'account_list_name']
    expect(every).toEqual(
      expect.arrayContaining([...contactColumns.map(({ key }) => key), ...others]),
    )
  })

  it.each([
    ['', /^'columns' names no column/],
    [' , ', /^'columns' names no column/],
    [[], /^'columns' names no column/],
    [[''], /^'columns' names no column/],
    ['x', /^There is no column 'x'/],
    ['tags,', /^There is no column ''/],
    [['Tags'], /^There is no column 'Tags'/],
    [['tags', 7], /^There is no column '7'/],
    [['constructor'], /^There is no column 'constructor'/],
    [['tags', null], /^There is no column 'null'/],
    [['tags,status'], /^There is no column 'tags,status'/],
    [7, /^'columns' must be an array/],
    [{ 0: 'tags' }, /^'columns' must be an array/],
    [true, /^'columns' must be an array/],
  ])('%j is refused, and the known ones are named', (input, objection) => {
    const [first, ...others] = objectionsTo(input)
    expect(first).toMatch(objection)
    expect(first).toContain(`${every.join(', ')}.`)
    expect(others).toEqual([])
  })

  it('refuses a repeated one', () => {
    expect(objectionsTo(['tags', 'status', 'tags'])).toEqual([
      "The column 'tags' is named twice. Name it once.",
    ])
  })

  it('refuses a list of any length by what is wrong at its beginning', () => {
    const objections = objectionsTo(Array.from({ length: 100_000 }, (_, number) => `c${number}`))
    expect(objections).toHaveLength(every.length + 1)
    expect(objectionsTo(Array.from({ length: 100_000 }, () => 'tags'))).toHaveLength(every.length)
  })
})
