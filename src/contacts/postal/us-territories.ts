import { englishCountryCode } from './countries.ts'

/** By their codes, which are those of ISO 3166-1 and of the United States Postal Service at once. */
const TERRITORIES: ReadonlySet<string> = new Set(['AS', 'GU', 'MP', 'PR', 'UM', 'VI'])

const isTerritory = (code: string | undefined): code is string =>
  code !== undefined && TERRITORIES.has(code)

/** The country whose post delivers: the United States for their territories. */
export const postalCountry = (code: string | undefined): string | undefined =>
  isTerritory(code) ? 'US' : code

/**
 * The state of an address that is laid out as in the United States: a territory by its code, be it stored as the country or as
 * the state, or be it home, which `home` is the code of for an address without a country.
 */
export function usState(
  state: string,
  country: string | undefined,
  home: string | undefined,
): string {
  if (isTerritory(country)) return country
  if (state === '') return isTerritory(home) ? home : ''
  const code = englishCountryCode(state)
  return isTerritory(code) ? code : state
}
