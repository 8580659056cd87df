import * as z from 'zod'

/** Nine digits: as seconds that is 31 years. */
const MAXIMUM = 999_999_999

/**
 * The schema of a setting that is a whole number above 0. Variables of `wrangler.toml` are numbers
 * or texts.
 *
 * @param name of the setting, for the message
 */
export const wholeNumber = (name: string, maximum = MAXIMUM) =>
  z.unknown().transform((value, { issues }) => {
    const isRead = typeof value === 'number' || typeof value === 'string'
    const number = isRead && /^[1-9]\d*$/.test(String(value)) ? Number(value) : NaN
    if (number <= maximum) return number
    const message = `${name} must be a whole number from 1 to ${maximum}.`
    issues.push({ code: 'custom', message, input: value })
    return z.NEVER
  })
