import { chance, inPercent, uuid } from './chance.ts'
import { addContact } from './contact-rows.ts'
import { DEMO_USER } from './demo-user.ts'
import { addDifficultContacts } from './difficult-contacts.ts'
import { noRows, type DemoRows } from './demo-rows.ts'
import { addGiving, addTask } from './giving-rows.ts'

const SOMEBODY_ELSE = '0d3e0000-0000-4000-8000-000000000002'

const LISTS = [
  {
    name: 'Smith, John and Jane (ministry)',
    homeCountry: 'United States',
    userId: DEMO_USER,
    contacts: 700,
  },
  { name: 'Smith office, Europe', homeCountry: 'Germany', userId: DEMO_USER, contacts: 300 },
  { name: 'Miller, Ann (ministry)', homeCountry: 'Canada', userId: SOMEBODY_ELSE, contacts: 200 },
]

/** Some 1,200 contacts in three account lists of the demo user and one of another user. */
export function demoRows(): DemoRows {
  const rows = noRows()
  for (const { name, homeCountry, userId, contacts } of LISTS) {
    const accountListId = uuid()
    rows.accountLists.push({
      id: accountListId,
      name,
      homeCountry,
      defaultCurrency: homeCountry === 'Germany' ? 'EUR' : null,
    })
    rows.accountListUsers.push({ accountListId, userId })
    const designationAccountId = uuid()
    const number = chance.string.numeric(7)
    rows.designationAccounts.push({ id: designationAccountId, designationNumber: number, name })
    rows.accountListDesignationAccounts.push({ accountListId, designationAccountId })
    const appealId = uuid()
    rows.appeals.push({ id: appealId, accountListId, name: 'Year end' })
    for (let count = 0; count < contacts; count += 1) {
      const contact = addContact(rows, accountListId)
      if (inPercent(60)) addGiving(rows, contact, designationAccountId, appealId)
      if (inPercent(50)) addTask(rows, accountListId, contact.id)
      if (inPercent(15)) rows.appealContacts.push({ appealId, contactId: contact.id })
      if (count > 0 && inPercent(10)) {
        const referredById = rows.contacts.at(-2)?.id
        if (referredById)
          rows.contactReferrals.push({ id: uuid(), referredById, referredToId: contact.id })
      }
    }
  }
  addDifficultContacts(rows)
  return rows
}
