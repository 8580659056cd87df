import type { JWTPayload } from 'jose'
import * as z from 'zod'
import { unauthorized } from '../http/errors.ts'
import { canonicalUserId } from './canonical-user-id.ts'

/** The scope of tokens that may write by the sync API. */
const SYNC = 'sync'

/** Which account lists a token may write: these, or all where there is no list. */
export type SyncGrant = { readonly accountListIds: readonly string[] | undefined }

/** The user of a token. The first claim that exists decides, even when its value is invalid. */
export function userIdOf(claims: JWTPayload): string {
  const name = ['user_id', 'user_uuid', 'sub'].find((claim) => Object.hasOwn(claims, claim))
  const id = name === undefined ? undefined : claims[name]
  if (typeof id === 'string' && id !== '') return canonicalUserId(id)
  throw unauthorized(
    'The token is invalid: "user_id", "user_uuid" or "sub" must be the id of the user, as a text.',
  )
}

/**
 * What a token may write. Without the scope `sync` (RFC 8693, 4.2) it may write nothing.
 *
 * @throws HttpError 401 when `account_list_ids` is invalid: it must not widen what a token may do
 */
export function syncGrantOf(claims: JWTPayload): SyncGrant | undefined {
  if (!scopesOf(claims).includes(SYNC)) return undefined
  if (!Object.hasOwn(claims, 'account_list_ids')) return { accountListIds: undefined }
  const { data } = listedIds.safeParse(claims['account_list_ids'])
  if (data) return { accountListIds: [...new Set(data)] }
  throw unauthorized('The token is invalid: "account_list_ids" must be an array of UUIDs.')
}

/** Whether `sync` is the only scope: such a token does not read exports. */
export function isForSyncOnly(claims: JWTPayload): boolean {
  const scopes = scopesOf(claims)
  return scopes.length > 0 && scopes.every((scope) => scope === SYNC)
}

const listedIds = z.array(z.guid().transform((id) => id.toLowerCase()))

function scopesOf({ scope }: JWTPayload): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ').filter((word) => word !== '') : []
}
