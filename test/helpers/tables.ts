import { env } from 'cloudflare:workers'

/** Columns that lines do not give, and the times of inserts. */
const LEFT_OUT = ['created_at']

/** By table: columns that the service makes itself. */
const MADE: Readonly<Record<string, readonly string[]>> = {
  contact_people: ['id'],
  contact_referrals: ['id'],
}

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
export async function tablesNow(): Promise<Record<string, string[]>> {
  const results = await env.DB.batch<Record<string, unknown>>(
    CONTACT_TABLES.map((table) => env.DB.prepare(`SELECT * FROM ${table}`)),
  )
  return Object.fromEntries(
    CONTACT_TABLES.map((table, index) => [
      table,
      (results[index]?.results ?? [])
        .map((row) =>
          JSON.stringify(
            Object.entries(row).filter(
              ([name]) => !LEFT_OUT.includes(name) && !MADE[table]?.includes(name),
            ),
          ),
        )
        .sort(),
    ]),
  )
}

/** Every row of every table as it is. */
export async function wholeDatabase(): Promise<Record<string, unknown[]>> {
  const results = await env.DB.batch(
    [...CONTACT_TABLES, 'deleted_records'].map((table) => env.DB.prepare(`SELECT * FROM ${table}`)),
  )
  return Object.fromEntries(
    CONTACT_TABLES.map((table, index) => [table, results[index]?.results ?? []]),
  )
}
