/** A token as it is sent, or why it cannot be sent. */
export type TokenText = { readonly token: string } | { readonly fault: TokenFault }

/** There is none, or a character in it that no token contains, counted from 1. */
export type TokenFault = 'missing' | { readonly character: string; readonly position: number }

/**
 * Characters that are invisible or that separate words and lines, wherever mail and text programs
 * put them.
 */
const BLANKS = /[\s\p{Cc}\p{Cf}\p{Z}]+/gu

/** What people copy along with a token: the name before it, a shell's `export`, and quotes or brackets around it. */
const PREFIX =
  /^(?:export(?=\s)|(?:authorization|(?:access_?)?token|jwt)["']?[:=]|bearer(?=[:\s]|$):?)/i
const AROUND = /^[\p{Pi}\p{Pf}\p{Ps}"'`<,;]+|[\p{Pi}\p{Pf}\p{Pe}\p{Ps}"'`>,;]+$/gu

/** The characters of a Bearer token (RFC 6750, 2.1). */
const FOREIGN = /[^A-Za-z0-9\-._~+/=]/u

/**
 * Reads a token that a person has pasted. Blanks, line breaks, invisible characters, quotes around
 * it and a `Bearer` before it are left out, since no token contains them.
 */
export function readToken(text: string): TokenText {
  let rest = text.replace(BLANKS, ' ').trim()
  for (let before = ''; before !== rest;) {
    before = rest
    rest = rest.replace(AROUND, '').trim().replace(PREFIX, '').trim()
  }
  const token = rest.replaceAll(' ', '')
  if (token === '') return { fault: 'missing' }
  const found = FOREIGN.exec(token)
  if (!found) return { token }
  const [character] = found
  return { fault: { character, position: found.index + 1 } }
}

/**
 * The user that a token names, unverified; `undefined` where it cannot be read. The first of the
 * claims decides.
 */
export function userOf(token: string): string | undefined {
  const claims = claimsOf(token)
  const name = ['user_id', 'user_uuid', 'sub'].find((claim) => Object.hasOwn(claims, claim))
  const id = name === undefined ? undefined : claims[name]
  return typeof id === 'string' ? id : undefined
}

/** When a token expires, in seconds since 1970. */
export function expiryOf(token: string): number | undefined {
  const { exp } = claimsOf(token)
  return typeof exp === 'number' ? exp : undefined
}

/** The scopes that a token names, unverified (RFC 8693, 4.2). */
export function scopesOf(token: string): readonly string[] {
  const { scope } = claimsOf(token)
  return typeof scope === 'string' ? scope.split(' ').filter((one) => one !== '') : []
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const [, payload = ''] = token.split('.')
    const json = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    const claims: unknown = JSON.parse(json)
    return Object.fromEntries(Object.entries(Object(claims)))
  } catch {
    return {}
  }
}
