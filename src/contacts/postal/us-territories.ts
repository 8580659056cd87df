import { englishCountryCode } from './countries.ts'

/** By their codes, which ISO 3166-1 and the United States Postal Service share. */
const TERRITORIES: ReadonlySet<string> = new Set(['AS', 'GU', 'MP', 'PR', 'UM', 'VI'])

const isTerritory = (code: string | undefined): code is string =>
  code !== undefined && TERRITORIES.has(code)

/** The country whose post office delivers: the United States for their territories. */
export const postalCountry = (code: string | undefined): string | undefined =>
  isTerritory(code) ? 'US' : code

/**
 * The state of an address in the layout of the United States. A territory is written as its code,
 * whether it is stored as the country, as the state, or as the home country.
 *
 * @param home the code of the home country, for an address without a country
 * @param beside the city and the postal code, which may hold the code of the territory already
 */
export function usState(
  state: string,
  country: string | undefined,
  home: string | undefined,
  beside: string,
): string {
  if (isTerritory(country)) return wordsOf(beside).includes(country) ? '' : country
  if (state === '') return isTerritory(home) ? home : ''
  const code = englishCountryCode(state)
  return isTerritory(code) ? code : state
}

const wordsOf = (text: string): readonly string[] => text.toUpperCase().split(/[^\p{L}\p{N}]+/u)
