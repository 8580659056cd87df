import { env } from 'cloudflare:workers'

/** By table: columns that the service makes itself, beside the times of inserts. */
const MADE: Readonly<Record<string, readonly string[]>> = {
  contact_people: ['id'],
  contact_referrals: ['id'],
}

/** The tables that lines write. */
export const CONTACT_TABLES = [
  'account_lists',
  'account_list_users',
  'designation_accounts',
  'account_list_designation_accounts',
  'donor_accounts',
  'contacts',
  'contact_tags',
  'contact_referrals',
  'partner_status_logs',
  'addresses',
  'contact_donor_accounts',
  'people',
  'contact_people',
  'email_addresses',
  'phone_numbers',
  'person_facebook_accounts',
  'appeals',
  'appeal_contacts',
  'tasks',
  'task_contacts',
  'donations',
  'donation_amount_recommendations',
] as const

/** Every row of the tables that lines write, without what the service makes itself. */
export const tablesNow = () =>
  readTables((table, name) => {
    const made = name === 'created_at' || MADE[table]?.includes(name)
    return !made
  })

/** Every row of the tables that lines write, as it is. */
export const wholeTables = () => readTables(() => true)

async function readTables(
  isShown: (table: string, column: string) => boolean,
): Promise<Record<string, string[]>> {
  const results = await env.DB.batch<Record<string, unknown>>(
    CONTACT_TABLES.map((table) => env.DB.prepare(`SELECT * FROM ${table}`)),
  )
  return Object.fromEntries(
    CONTACT_TABLES.map((table, index) => [
      table,
      (results[index]?.results ?? [])
        .map((row) => JSON.stringify(Object.entries(row).filter(([name]) => isShown(table, name))))
        .toSorted(),
    ]),
  )
}

/** The tables of the second that differ from the first, with rows that only one of them has. */
export function differences(
  before: Readonly<Record<string, readonly string[]>>,
  after: Readonly<Record<string, readonly string[]>>,
): Record<string, { readonly gone: string[]; readonly come: string[] }> {
  return Object.fromEntries(
    Object.keys(before).flatMap((table) => {
      const [old, now] = [new Set(before[table]), new Set(after[table])]
      const gone = [...old].filter((row) => !now.has(row))
      const come = [...now].filter((row) => !old.has(row))
      return gone.length + come.length > 0 ? [[table, { gone, come }]] : []
    }),
  )
}
