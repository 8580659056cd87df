import { describe, expect, it } from 'vitest'
import { requestedSort } from '../../../src/contacts/reading/requested-sort.ts'

describe('the sort asked for', () => {
  it.each([undefined, null, '', 'name', 'Name', 'Contact Name', 'contact name', ' name '])(
    '%j is by name',
    (input) => {
      expect(requestedSort.parse(input)).toBeUndefined()
    },
  )

  it.each([
    ['zip', 'zip', false],
    ['Zip', 'zip', false],
    ['postal_code', 'zip', false],
    ['-zip', 'zip', true],
    ['-Postal_Code', 'zip', true],
    ['-name', 'name', true],
    ['-Contact Name', 'name', true],
    ['status', 'status', false],
    ['-status', 'status', true],
    ['created_at', 'created_at', false],
    ['updated_at', 'updated_at', false],
    ['-updated_at', 'updated_at', true],
    ['pledge_amount', 'pledge_amount', false],
  ])('%j is %s', (input, name, isOpposite) => {
    const order = requestedSort.parse(input)
    expect([order?.sort.names[0], order?.isOpposite]).toEqual([name, isOpposite])
  })

  it.each([
    'x',
    '-',
    '--name',
    '- name',
    '+name',
    'zip,name',
    'constructor',
    7,
    true,
    [],
    ['zip'],
    {},
  ])('%j is refused, and the known ones are named', (input) => {
    const { error } = requestedSort.safeParse(input)
    expect(error?.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^There is no sort '.*'\. The sorts are name, zip, status, created_at, updated_at, pledge_amount, each also with '-' in front for the opposite order\.$/,
      ),
    ])
  })
})
