import { Buffer } from 'node:buffer'
import { createMiddleware } from 'hono/factory'
import type { Env } from '../env.ts'
import { readSettings } from '../settings/read-settings.ts'
import { authenticate, type CallerEnv } from './authenticate.ts'
import { forbidden } from '../http/errors.ts'
import { canonicalUserId } from './canonical-user-id.ts'

/** What the key is for (RFC 5869, info): a signature of ours is worth nothing elsewhere, nor one from elsewhere here. */
const PURPOSE = 'contact-exports: links to files'

const MAC = { name: 'HMAC', hash: 'SHA-256' }

/** The query parameters of a link. */
export const LINK_PARAMETERS = ['expires', 'user', 'signature'] as const

/** Makes a link to a file of one user. Query parameters that are not its own may be added to it. */
export type LinkSigner = (url: string, userId: string) => Promise<string>

/**
 * Links to files that need no token: each is for one path and one user, and ends after `LINK_TTL_SECONDS`.
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
 * Finds out who is calling, by a token or else by a signed link.
 *
 * @throws HttpError 403 for a link that has been changed or has ended, 401 where there is neither
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
      detail: 'This link is not as it was given out. Copy all of it, or get a new one.',
    })
  }
  if (Date.now() >= Number(expires) * 1000) {
    throw forbidden({ detail: 'This link has ended. Get a new one where you got this one.' })
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

async function linkKey(secret: string): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('raw', encoded(secret), 'HKDF', false, ['deriveKey'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array() }
  return crypto.subtle.deriveKey(
    { ...derivation, info: encoded(PURPOSE) },
    key,
    { ...MAC, length: 256 },
    false,
    ['sign', 'verify'],
  )
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)

const signedText = (...parts: readonly string[]): Uint8Array => encoded(JSON.stringify(parts))

/** Only the spelling that was given out counts: base64url can end in bits that mean nothing (RFC 4648, 3.5). */
function bytesOf(signature: string): Uint8Array {
  const bytes = Buffer.from(signature, 'base64url')
  return bytes.toString('base64url') === signature ? bytes : new Uint8Array()
}
