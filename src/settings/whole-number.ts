import * as z from 'zod'

/** Nine digits: as seconds that is 31 years. */
const MAXIMUM = 999_999_999

/**
 * The schema of a setting that is a whole number above 0. Its text is as good as the number: variables of `wrangler.toml`
 * are either.
 *
 * @param name of the setting, for the message
 */
export const wholeNumber = (name: string, maximum = MAXIMUM) => {
  const error = { error: `${name} must be a whole number from 1 to ${maximum}.` }
  return z
    .union([z.number(), z.string()], error)
    .transform(String)
    .pipe(z.string().regex(/^[1-9]\d*$/, error))
    .transform(Number)
    .pipe(z.number().max(maximum, error))
}
