import { z } from 'zod'

/**
 * A setting that is a whole number above 0, as `wrangler.toml` has it: a number, or its text.
 *
 * @throws Error when it is anything else
 */
export function wholeNumber(
  name: string,
  setting: string | number | undefined,
  otherwise: number,
): number {
  if (setting === undefined) return otherwise
  const { data } = z.coerce.number().int().positive().safeParse(setting)
  if (data !== undefined) return data
  throw new Error(`${name} must be a whole number above 0. See the README, "Settings".`)
}
