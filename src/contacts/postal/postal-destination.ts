import { countryCode, countryName } from './countries.ts'
import { countryNameKey } from './country-name-key.ts'
import { postalCountry } from './us-territories.ts'

/**
 * The country whose post office delivers: its code, or the words of an unknown country. Mail
 * between two places with the same one is domestic, such as that between the United States and
 * their territories.
 *
 * @param country a text without line breaks that names a country
 */
export function postalDestination(country: string): string {
  const code = postalCountry(countryCode(country))
  return code ?? `unknown ${countryNameKey(country)}`
}

/** By what countries are ordered: the English name in capitals, of an unknown one its text. */
export const countrySortName = (country: string): string =>
  countryName(countryCode(country) ?? country).toUpperCase()
