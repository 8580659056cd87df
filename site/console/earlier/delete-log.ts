import { Refusal } from '../page/refusal.ts'
import type { Session } from '../session.ts'

/** It has been deleted already, elsewhere. */
const GONE = 404

/**
 * Deletes an export and its files. The request outlives the page, and the session may be over when
 * it is sent.
 *
 * @throws Refusal when the service does not delete it
 */
export async function deleteLog(session: Session, id: string): Promise<void> {
  const response = await fetch(`/api/v2/contacts/exports/${id}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${session.token()}` },
    keepalive: true,
  })
  if (response.ok || response.status === GONE) return
  throw Refusal.of(response.status, await response.json().catch(() => undefined))
}
