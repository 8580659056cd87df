import { describe, expect, it } from 'vitest'
import { demoRows } from '../../scripts/demo/demo-data.ts'
import { DEMO_USER } from '../../scripts/demo/demo-user.ts'

const rows = demoRows()

const listsOf = (userId: string) =>
  new Set(
    rows.accountListUsers
      .filter((access) => access.userId === userId)
      .map(({ accountListId }) => accountListId),
  )

describe('the demo data', () => {
  it('begins with ordinary people, in the order of a file', () => {
    const lists = listsOf(DEMO_USER)
    const names = rows.contacts
      .filter(({ accountListId }) => lists.has(accountListId))
      .map(({ name }) => name)
      .toSorted((one, other) => (one < other ? -1 : 1))
    expect(names.length).toBeGreaterThan(1000)
    for (const name of names.slice(0, 100)) expect(name).toMatch(/^\p{Lu}[\p{L}' .-]+(,| )/u)
  })

  it('has a separate account list for contacts that are difficult to export', () => {
    const isOdd = ({ name, greeting = '' }: (typeof rows.contacts)[number]) =>
      name.trim() !== name || /^[-=+@\s]|["\n]/.test(`${greeting}`) || name.includes('"')
    const odd = new Set(rows.contacts.filter(isOdd).map(({ accountListId }) => accountListId))
    const names = rows.accountLists.filter(({ id }) => odd.has(id ?? '')).map(({ name }) => name)
    expect(names).toEqual(['Test cases for exporters'])
  })

  it('has e-mail addresses that match the names', () => {
    const people = new Map(rows.people.map((person) => [person.id, person]))
    expect(rows.emailAddresses.length).toBeGreaterThan(1000)
    for (const { email, personId } of rows.emailAddresses) {
      const first = people.get(personId)?.firstName?.normalize('NFKD').toLowerCase() ?? ''
      expect(email).toContain(first.replaceAll(/[^\p{L}]/gu, ''))
      expect(email).toMatch(/^[\p{L}.]+@example\.(org|com|net)$/u)
    }
  })
})
