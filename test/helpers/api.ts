import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { SignJWT } from 'jose'
import { app } from '../../src/app.ts'
import type { Env } from '../../src/env.ts'

export const ORIGIN = 'https://exports.example'
export const EXPORTS = '/api/v2/contacts/exports'
export const MAILING = `${EXPORTS}/mailing`
export const USER = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01'
export const OTHER_USER = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a02'

/** A token for a user, as the identity provider would sign it. */
export const tokenFor = (userId: string): Promise<string> =>
  new SignJWT({ user_id: userId })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(env.JWT_SECRET))

/** What a test changes about a request that is right. */
export type Call = RequestInit & {
  /** Whose token it bears; `null` for nobody's. */
  readonly user?: string | null
  /** Bindings that differ from the real ones. */
  readonly bindings?: Partial<Env>
}

/** Calls the Worker, reads the whole answer, and waits for what goes on afterwards. */
export async function call(path: string, { user = USER, bindings, ...init }: Call = {}) {
  const headers = new Headers(init.headers)
  if (user !== null && !headers.has('Authorization')) {
    headers.set('Authorization', `Bearer ${await tokenFor(user)}`)
  }
  const context = createExecutionContext()
  const request = new Request(new URL(path, ORIGIN), { ...init, headers })
  const response = await app.fetch(request, { ...env, ...bindings }, context)
  const bytes = new Uint8Array(await response.arrayBuffer())
  await waitOnExecutionContext(context)
  const text = new TextDecoder().decode(bytes)
  return { status: response.status, headers: response.headers, bytes, text, response }
}

/** What a test changes about a `POST`; mailing exports have a path of their own. */
export type PostCall = Call & { readonly path?: string }

/** A `POST` of a log with these params. */
export const post = (params: unknown, call_: PostCall = {}) =>
  postDocument({ data: { type: 'export_logs', attributes: { params } } }, call_)

/** A `POST` of any body. */
export function postDocument(
  document: unknown,
  { headers, path = EXPORTS, ...rest }: PostCall = {},
) {
  const withType = new Headers(headers)
  if (!withType.has('Content-Type')) withType.set('Content-Type', 'application/vnd.api+json')
  const body = typeof document === 'string' ? document : JSON.stringify(document)
  return call(path, { ...rest, method: 'POST', headers: withType, body })
}
