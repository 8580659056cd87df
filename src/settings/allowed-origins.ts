import * as z from 'zod'

/**
 * The schema of `ALLOWED_ORIGINS`: origins separated by commas, spelled as browsers send them
 * (RFC 6454, 6.2), or `*`. One with a trailing slash, a path or a capital letter never equals what
 * a browser sends, so that it is invalid.
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
      const message =
        `ALLOWED_ORIGINS: '${origin}' is not an origin. ` +
        'Use the form https://app.example or http://localhost:3000.'
      context.issues.push({ code: 'custom', message, input: text })
    }
    return new Set(origins)
  })

/** Apps on phones have their own schemes, such as `capacitor://localhost`. */
function isOrigin(text: string): boolean {
  if (text === '*') return true
  const url = URL.parse(text)
  // The URL parser accepts `*` in a host, but such an origin matches nothing.
  if (text.includes('*')) return false
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin === text
  return url !== null && /^[a-z][a-z\d+.-]*:\/\/[a-z\d.-]+(:\d+)?$/.test(text)
}
