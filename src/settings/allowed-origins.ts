import * as z from 'zod'

/**
 * The schema of `ALLOWED_ORIGINS`: origins separated by commas, spelled as browsers send them (RFC 6454, 6.2), or `*`. An
 * origin with a trailing slash, a path or a capital letter never equals what a browser sends: it is a mistake, and refused.
 */
export const allowedOrigins = z
  .string({ error: 'ALLOWED_ORIGINS must be a text.' })
  .default('')
  .transform((text, context): ReadonlySet<string> => {
    const origins = text
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== '')
    for (const origin of origins.filter((one) => !isOrigin(one))) {
      const message = `ALLOWED_ORIGINS: '${origin}' is no origin; one looks like https://app.example or http://localhost:3000.`
      context.issues.push({ code: 'custom', message, input: text })
    }
    return new Set(origins)
  })

/**
 * The origins that may call, for the headers of every response. Where the setting is wrong there are none: requests are
 * refused by `readSettings`, `/health` says so.
 */
export const readAllowedOrigins = (setting: unknown): ReadonlySet<string> =>
  allowedOrigins.safeParse(setting).data ?? new Set()

/** Apps on phones have schemes of their own, such as `capacitor://localhost`. */
function isOrigin(text: string): boolean {
  if (text === '*') return true
  const url = URL.parse(text)
  // A pattern for hosts is a valid host to the URL parser, and matches nothing.
  if (text.includes('*')) return false
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin === text
  return url !== null && /^[a-z][a-z\d+.-]*:\/\/[a-z\d.-]+(:\d+)?$/.test(text)
}
