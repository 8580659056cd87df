/** A token as it is sent, or why it cannot be sent. */
export type TokenText = { readonly token: string } | { readonly fault: string }

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

const COPY_AGAIN = 'Copy it once more from where you got it.'

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
  if (token === '') return { fault: `There is no token in this text. ${COPY_AGAIN}` }
  const found = FOREIGN.exec(token)
  if (!found) return { token }
  const [character] = found
  return {
    fault: `The token contains “${character}” as its character ${found.index + 1}, which no token contains. A text or mail program may have changed or cut it. ${COPY_AGAIN}`,
  }
}

/**
 * The user that a token names, unverified; `undefined` where it cannot be read. The first of the
 * claims decides.
 */
export function userOf(token: string): string | undefined {
  try {
    const [, payload = ''] = token.split('.')
    const json = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    const claims: unknown = JSON.parse(json)
    const name = ['user_id', 'user_uuid', 'sub'].find((claim) =>
      Object.hasOwn(Object(claims), claim),
    )
    const id: unknown = name && Object(claims)[name]
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}
