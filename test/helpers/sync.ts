import { env } from 'cloudflare:workers'
import { SignJWT } from 'jose'
import { call, USER, type Call } from './api.ts'

export const SYNC = '/api/v2/sync'
export const DELETED = '/api/v2/deleted_records'

/** Claims of a token of the sync API that differ from those of one that may write all. */
export type Claims = Readonly<Record<string, unknown>>

/** A token of the sync API. */
export const syncToken = (claims: Claims = {}): Promise<string> =>
  new SignJWT({ user_id: USER, scope: 'sync', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(env.JWT_SECRET))

/** Calls the Worker with a token of the sync API. */
export async function callSync(path: string, { claims, ...init }: Call & { claims?: Claims } = {}) {
  const headers = new Headers(init.headers)
  if (!headers.has('Authorization')) {
    headers.set('Authorization', `Bearer ${await syncToken(claims)}`)
  }
  return call(path, { ...init, user: null, headers })
}

/** Posts lines: values, or texts as they are. */
export function postLines(
  lines: readonly unknown[],
  { query = '', ...init }: Call & { claims?: Claims; query?: string } = {},
) {
  const body = lines
    .map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
    .join('')
  const headers = new Headers(init.headers)
  if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/x-ndjson')
  return callSync(`${SYNC}${query}`, { method: 'POST', body, ...init, headers })
}
