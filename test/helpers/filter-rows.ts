import { env } from 'cloudflare:workers'
import { add, addContact, addList, addPerson, LIST, OTHER_LIST } from './contacts.ts'
import { emptyStorage, insert } from './database.ts'
import { exported } from './files.ts'

/** What makes a contact one that a key selects, or one that it does not: columns of its own, or rows around it. */
export type Row = Readonly<Record<string, string | number | null>>
export type Made = Row | ((contactId: string) => Promise<unknown>)

export const MINE = 'd0000000-0000-4000-8000-000000000001'
export const FOREIGN = 'd0000000-0000-4000-8000-000000000002'
export const APPEAL = 'e0000000-0000-4000-8000-000000000001'
export const REFERRER = 'c0000000-0000-4000-8000-000000000001'
export const CHOSEN = 'c0000000-0000-4000-8000-000000000002'

export const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

export const tagged = (name: string) => (contact_id: string) =>
  insert('contact_tags', { contact_id, name })
export const placed = (columns: Row) => (contact_id: string) =>
  add('addresses', { contact_id, ...columns })
export const mailed = (table: string, columns: Row) => async (contactId: string) =>
  add(table, { person_id: await addPerson(contactId), ...columns })
/** The referrer is in the same account list, but in no file: its only person is deceased. */
export const referred = async (contactId: string) => {
  await addContact({ id: REFERRER })
  await addPerson(REFERRER, { deceased: 1 })
  await add('contact_referrals', { referred_by_id: REFERRER, referred_to_id: contactId })
}
export const recorded = (columns: Row) => (contact_id: string) =>
  add('partner_status_logs', { contact_id, ...columns })
export const inAppeal = (contact_id: string) =>
  insert('appeal_contacts', { contact_id, appeal_id: APPEAL })

export const donor =
  (columns: Row = {}) =>
  async (contact_id: string) => {
    const donor_account_id = await add('donor_accounts', columns)
    await insert('contact_donor_accounts', { contact_id, donor_account_id })
    return donor_account_id
  }
/** Gifts to the user's designation account, all of one donor account of the contact. */
export const gave =
  (...gifts: Row[]) =>
  async (contactId: string) => {
    const donor_account_id = await donor()(contactId)
    for (const gift of gifts) {
      await add('donations', { donor_account_id, designation_account_id: MINE, ...gift })
    }
  }
export const recommended = (columns: Row) => async (contactId: string) => {
  await env.DB.prepare('UPDATE contacts SET pledge_amount = 100, pledge_frequency = 2 WHERE id = ?')
    .bind(contactId)
    .run()
  await add('donation_amount_recommendations', {
    donor_account_id: await donor()(contactId),
    ...columns,
  })
}
export const busy = (columns: Row) => async (contact_id: string) => {
  const task_id = await add('tasks', { account_list_id: LIST, ...columns })
  await insert('task_contacts', { contact_id, task_id })
}
export const giver =
  (columns: Row, ...gifts: Row[]) =>
  async (contactId: string) => {
    if (gifts.length > 0) await gave(...gifts)(contactId)
    const names = Object.keys(columns)
    if (names.length === 0) return
    await env.DB.prepare(
      `UPDATE contacts SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
    )
      .bind(...Object.values(columns), contactId)
      .run()
  }
/** Columns of its own, and one thing after the other around it. */
export const both =
  (...made: readonly Made[]) =>
  async (contactId: string) => {
    for (const each of made) {
      if (typeof each === 'function') await each(contactId)
      else await giver(each)(contactId)
    }
  }
/** Commits to 20 a month now, and to something else in January 2022. */
export const increased = (before: Row) => async (contactId: string) => {
  await giver({ pledge_amount: 20 })(contactId)
  await recorded({ recorded_on: '2022-01-31', ...before })(contactId)
}

/** An account list of the user's with a designation account and an appeal, and one of somebody else's. */
export async function twoLists() {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST, {}, 'somebody else')
  for (const id of [MINE, FOREIGN]) await insert('designation_accounts', { id })
  await insert(
    'account_list_designation_accounts',
    { account_list_id: LIST, designation_account_id: MINE },
    { account_list_id: OTHER_LIST, designation_account_id: FOREIGN },
  )
  await insert('appeals', { id: APPEAL, account_list_id: LIST })
}

/** Adds contacts of the list, each known by its greeting. */
export async function makeAll(contacts: Readonly<Record<string, Made>>) {
  for (const [greeting, made] of Object.entries(contacts)) await make(greeting, made)
}

/** Adds a contact of the list, known by its greeting. */
export async function make(greeting: string, made: Made) {
  const columns = typeof made === 'function' ? {} : made
  const id = await addContact({ status: 'Partner - Pray', ...columns, greeting })
  if (typeof made === 'function') await made(id)
}

/** The greetings of the contacts that a filter selects, in alphabetical order. */
export const selected = async (filter: unknown) =>
  (await exported(filter))
    .map((row) => row['Greeting'] ?? '')
    .toSorted((a, b) => a.localeCompare(b))

/** Beside a key, to see what the key selects by itself. */
export const EVERYBODY = { status: 'active,hidden,null' }
