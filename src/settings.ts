/**
 * A setting that is a whole number above 0: in `wrangler.toml` its text is as good as itself.
 *
 * @throws Error when it is anything else
 */
export function wholeNumber(
  name: string,
  setting: string | number | undefined,
  otherwise: number,
): number {
  if (setting === undefined) return otherwise
  if (/^[1-9]\d{0,8}$/.test(String(setting))) return Number(setting)
  throw new Error(`${name} must be a whole number above 0. See the README, "Settings".`)
}
