import { hasLayout, laidOut, linesOf } from './address-layout.ts'
import type { Contact } from '../contact.ts'
import { countryCode, countryName, englishCountryCode } from './countries.ts'
import { countryText, oneLine } from './country-text.ts'
import { envelopeGreetingOf } from '../greetings.ts'
import { postalDestination } from './postal-destination.ts'
import { postalCountry, usState } from './us-territories.ts'

/**
 * The text of a label: the envelope greeting, and below it the mailing address in the layout of its
 * country's post office. The last line is the country, unless it is the home country (MPDX,
 * `Contact#address_block`).
 */
export const addressBlockOf = (contact: Contact): string => blockOf(contact, addressLines(contact))

/**
 * The address block of a contact that has a mailing address. An address of which only the country
 * is known is none.
 */
export function mailingLabelOf(contact: Contact): string | undefined {
  const { street, city, state, postalCode } = contact.address ?? {}
  const isKnown = [street, city, state, postalCode].some((part) => linesOf(part ?? null).length > 0)
  const lines = isKnown ? addressLines(contact) : []
  return lines.length > 0 ? blockOf(contact, lines) : undefined
}

const blockOf = (contact: Contact, lines: readonly string[]): string =>
  [envelopeGreetingOf(contact), ...lines].filter((line) => line !== '').join('\n')

/** For account lists without a home country. It has a place for every part of an address. */
const DEFAULT_LAYOUT = 'US'

function addressLines({ address, homeCountry }: Contact): readonly string[] {
  if (!address) return []
  const country = countryText(address.country)
  const home = countryText(homeCountry)
  const [code, homeCode] = [countryCode(country), countryCode(home)]
  const layout = [code, homeCode].map(postalCountry).find(hasLayout) ?? DEFAULT_LAYOUT
  const state = oneLine(address.state)
  const [city, postalCode] = [oneLine(address.city), oneLine(address.postalCode)]
  const homeOfNoCountry = country === '' ? homeCode : undefined
  const parts = {
    street: linesOf(address.street),
    city,
    state: layout === 'US' ? usState(state, code, homeOfNoCountry, `${city} ${postalCode}`) : state,
    postalCode,
  }
  const lines = laidOut(parts, layout)
  const isName = isNameOf(country || home, code ?? homeCode)
  if (country === '' || postalDestination(country) === postalDestination(home)) {
    const first = lines.findIndex(isName)
    return lines.filter((line, index) => index === first || !isName(line))
  }
  return [...lines.filter((line) => !isName(line)), countryName(country).toUpperCase()]
}

/**
 * Recognizes lines that are only the name of a country. Some layouts add one, and some people write
 * it into another part of the address. A label has it once.
 */
const isNameOf =
  (country: string, code: string | undefined) =>
  (line: string): boolean =>
    line.toLowerCase() === country.toLowerCase() ||
    (code !== undefined && !/\d/.test(line) && englishCountryCode(line) === code)
