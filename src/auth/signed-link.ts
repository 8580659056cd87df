import { Buffer } from 'node:buffer'
import { createMiddleware } from 'hono/factory'
import type { Env } from '../env.ts'
import { readSettings } from '../settings/read-settings.ts'
import { cachedKeys } from './cached-keys.ts'
import { authenticate, type CallerEnv } from './authenticate.ts'
import { forbidden } from '../http/errors.ts'
import { canonicalUserId } from './canonical-user-id.ts'

/** The purpose of the key (RFC 5869, info): its signatures are valid for links only. */
const PURPOSE = 'contact-exports: links to files'

const MAC = { name: 'HMAC', hash: 'SHA-256' }

/** The query parameters of a link. */
export const LINK_PARAMETERS = ['expires', 'user', 'signature'] as const

/** Signs a link to a file for one user. Other query parameters may be added to it. */
export type LinkSigner = (url: string, userId: string) => Promise<string>

/**
 * Links to files that need no token. A link is valid for one path and one user, and expires after
 * `LINK_TTL_SECONDS`.
 *
 * @throws Error when a setting is missing or invalid
 */
export async function linkSigner(env: Env, now: Date): Promise<LinkSigner> {
  const { secrets, linkSeconds } = readSettings(env)
  const [secret] = secrets
  const expires = String(Math.floor(now.getTime() / 1000) + linkSeconds)
  const key = await linkKey(secret)
  return async (url, userId) => {
    const link = new URL(url)
    const text = signedText(link.pathname, userId, expires)
    const signature = Buffer.from(await crypto.subtle.sign(MAC, key, text)).toString('base64url')
    const values = { expires, user: userId, signature }
    for (const name of LINK_PARAMETERS) link.searchParams.set(name, values[name])
    return link.href
  }
}

/**
 * Authenticates a request by a token, or else by a signed link.
 *
 * @throws HttpError 403 for a link that is invalid or has expired, 401 where there is neither
 */
export const authenticateByTokenOrLink = createMiddleware<CallerEnv>(async (context, next) => {
  const { req, env } = context
  const { allowQueryToken, secrets } = readSettings(env)
  const hasToken =
    req.header('Authorization') !== undefined || (allowQueryToken && req.query('access_token'))
  if (hasToken || LINK_PARAMETERS.every((name) => req.query(name) === undefined)) {
    return authenticate(context, next)
  }
  const [expires = '', user = '', signature = ''] = LINK_PARAMETERS.map((name) => req.query(name))
  const userId = canonicalUserId(user)
  const text = signedText(req.path.toLowerCase(), userId, expires)
  if (!(await isSigned(text, bytesOf(signature), secrets))) {
    throw forbidden({
      detail:
        'The link is invalid. Copy the whole link, or open the export again to get a new one.',
    })
  }
  if (Date.now() >= Number(expires) * 1000) {
    throw forbidden({ detail: 'The link has expired. Open the export again to get a new one.' })
  }
  context.set('userId', userId)
  return next()
})

async function isSigned(text: Uint8Array, signature: Uint8Array, secrets: readonly string[]) {
  for (const secret of secrets) {
    if (await crypto.subtle.verify(MAC, await linkKey(secret), signature, text)) return true
  }
  return false
}

const linkKey = cachedKeys(async (secret) => {
  const key = await crypto.subtle.importKey('raw', encoded(secret), 'HKDF', false, ['deriveKey'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array() }
  return crypto.subtle.deriveKey(
    { ...derivation, info: encoded(PURPOSE) },
    key,
    { ...MAC, length: 256 },
    false,
    ['sign', 'verify'],
  )
})

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)

const signedText = (...parts: readonly string[]): Uint8Array => encoded(JSON.stringify(parts))

/** Accepts the canonical encoding only: base64url can end in unused bits (RFC 4648, 3.5). */
function bytesOf(signature: string): Uint8Array {
  const bytes = Buffer.from(signature, 'base64url')
  return bytes.toString('base64url') === signature ? bytes : new Uint8Array()
}
