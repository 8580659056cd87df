import { uuid } from './chance.ts'
import type { DemoRows } from './demo-rows.ts'
import { DEMO_USER } from './demo-user.ts'

/**
 * Contacts whose texts are difficult to export: the names place them after the others in a file.
 */
const DIFFICULT_CONTACTS = [
  { name: 'Zz formula', greeting: '=SUM(A1:A9)' },
  { name: 'Zz formula of a command', greeting: '@cmd|A0' },
  { name: 'Zz dash', greeting: '-Dash, Émile' },
  { name: 'Zz "quotes", "commas"', greeting: 'O"Neil, "Junior" Pat' },
  { name: 'Zz blanks ', greeting: '  Blank , Ann ' },
  { name: 'Zz several lines', greeting: 'Ann\nand Bob' },
  { name: 'Zz number', greeting: '007' },
  { name: 'Zz right to left', greeting: 'السيدة ليلى' },
  { name: '教会', greeting: '👩‍👩‍👧 family' },
]

/** Adds an account list of their own for contacts that no address book should have. */
export function addDifficultContacts(rows: DemoRows): void {
  const accountListId = uuid()
  rows.accountLists.push({ id: accountListId, name: 'Test cases for exporters' })
  rows.accountListUsers.push({ accountListId, userId: DEMO_USER })
  for (const oddity of DIFFICULT_CONTACTS)
    rows.contacts.push({ id: uuid(), accountListId, ...oddity })
}
