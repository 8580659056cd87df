import * as z from 'zod'

/** RFC 7518, 3.2: a key for HS256 has at least as many bytes as its hash. */
const SECRET_BYTES = 32

/**
 * The schema of a secret. Surrounding white space is removed, and an empty secret counts as not
 * set. The messages do not quote it.
 *
 * @param name of the setting, for the message
 */
export const optionalSecret = (name: string) =>
  z
    .string({ error: `${name} must be a text.` })
    .trim()
    .refine((secret) => secret === '' || bytesOf(secret) >= SECRET_BYTES, {
      error: `${name} is shorter than ${SECRET_BYTES} bytes. Make one by \`openssl rand -hex 32\`.`,
    })
    .transform((secret) => (secret === '' ? undefined : secret))
    .optional()

/** The same for a secret that must be set. */
export const requiredSecret = (name: string) =>
  optionalSecret(name).transform((secret, context) => {
    if (secret !== undefined) return secret
    const message = `${name} is not set. Without it every token is refused.`
    context.issues.push({ code: 'custom', message, input: secret })
    return z.NEVER
  })

const bytesOf = (text: string): number => new TextEncoder().encode(text).length
