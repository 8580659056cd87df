import { sql, type SQL } from 'drizzle-orm'
import { contacts } from '../../../db/schema/index.ts'
import { inList } from '../../../db/in-list.ts'
import { ACTIVE_STATUSES, HIDDEN_STATUSES } from './statuses.ts'

/**
 * Contacts whose status is in the list. `active` and `hidden` mean several statuses, `null` none.
 */
export const hasStatus = (statuses: readonly string[]): SQL =>
  inList(sql`coalesce(${contacts.status}, '')`, statuses.flatMap(meaningOf))

function meaningOf(status: string): readonly string[] {
  if (status === 'active') return [...ACTIVE_STATUSES, '']
  if (status === 'hidden') return HIDDEN_STATUSES
  return status === 'null' ? [''] : [status]
}

/** What a reversed `status` selects, which is not simply every other contact. */
export function hasStatusReversed(statuses: readonly string[]): SQL {
  const others = statuses.filter((status) => status !== 'active' && status !== 'null')
  if (others.length < statuses.length) return hasStatus(['hidden', ...others])
  if (!statuses.includes('hidden')) return sql`not ${hasStatus(statuses)}`
  return hasStatus(['null', ...statuses.filter((status) => status !== 'hidden')])
}
