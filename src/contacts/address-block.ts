import { hasLayout, laidOut, linesOf } from './address-layout.ts'
import type { Contact } from './contact.ts'
import { countryCode, countryName, isSameCountry } from './countries.ts'
import { envelopeGreetingOf } from './greetings.ts'

/**
 * What stands on a label: the envelope greeting, and below it the mailing address as its country's post office wants it, with
 * the country as the last line when it is not the home country (MPDX, `Contact#address_block`).
 */
export const addressBlockOf = (contact: Contact): string =>
  [envelopeGreetingOf(contact), ...addressLines(contact)].filter((line) => line !== '').join('\n')

/** For those who have told no country of their own: it has a place for every part of an address. */
const DEFAULT_LAYOUT = 'US'

function addressLines({ address, homeCountry }: Contact): readonly string[] {
  if (!address) return []
  const country = oneLine(address.country)
  const home = oneLine(homeCountry)
  const layout = [country, home].map(countryCode).find(hasLayout) ?? DEFAULT_LAYOUT
  const parts = {
    street: linesOf(address.street),
    city: oneLine(address.city),
    state: oneLine(address.state),
    postalCode: oneLine(address.postalCode),
  }
  const countryLine = isSameCountry(country, home) ? '' : countryName(country).toUpperCase()
  return [...laidOut(parts, layout), countryLine]
}

const oneLine = (text: string | null): string => linesOf(text).join(' ')
