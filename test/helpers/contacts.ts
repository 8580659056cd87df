import { USER } from './api.ts'
import { insert } from './database.ts'

type Value = string | number | null
type Row = Readonly<Record<string, Value>>

export const LIST = 'a0000000-0000-4000-8000-000000000001'
export const OTHER_LIST = 'a0000000-0000-4000-8000-000000000002'

let number = 0

/** A new id; later ones sort after earlier ones. */
export const newId = (): string =>
  `00000000-0000-4000-8000-${String((number += 1)).padStart(12, '0')}`

/** An account list that the user may read. */
export async function addList(id = LIST, columns: Row = {}, userId = USER) {
  await insert('account_lists', { id, ...columns })
  await insert('account_list_users', { account_list_id: id, user_id: userId })
}

/** A contact of the list. @returns its id */
export async function addContact(columns: Row = {}): Promise<string> {
  const id = newId()
  await insert('contacts', { id, account_list_id: LIST, name: 'Smith, John', ...columns })
  return id
}

/** A person of a contact. @returns the person's id */
export async function addPerson(contactId: string, person: Row = {}, member: Row = {}) {
  const id = newId()
  await insert('people', { id, ...person })
  const row = { id: newId(), contact_id: contactId, person_id: id, ...member }
  await insert('contact_people', row)
  return id
}

/** A row of a table whose `id` is of no interest. @returns that id */
export async function add(table: string, columns: Row): Promise<string> {
  const id = newId()
  await insert(table, { id, ...columns })
  return id
}

/** Three contacts that try the cells of an export: a couple abroad, an organization at home, one with nothing. */
export async function addTryingContacts() {
  const couple = await addContact({ name: 'Müller, Jörg & "Jo" Ann', pledge_amount: 50 })
  await addPerson(couple, { first_name: 'Jörg', last_name: 'Müller' }, { is_primary: 1 })
  await addPerson(couple, { first_name: 'Ann', last_name: 'Müller' })
  await add('addresses', {
    contact_id: couple,
    street: 'Unter den Linden 1\r\nHinterhaus',
    city: 'Berlin',
    postal_code: '01067',
    country: 'Germany',
  })
  const organization = await addContact({ name: '=SUM(A1), The', is_organization: 1 })
  await add('addresses', {
    contact_id: organization,
    street: '1 Main St',
    city: 'Springfield',
    state: 'IL',
    postal_code: '62701',
    country: 'United States',
  })
  const hidden = await addContact({ name: 'Zed', status: 'Never Ask' })
  return { couple, organization, hidden }
}
