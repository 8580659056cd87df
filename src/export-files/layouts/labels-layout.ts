import type { Contact } from '../../contacts/contact.ts'
import { mailingLabelOf } from '../../contacts/postal/address-block.ts'
import { countryCode } from '../../contacts/postal/countries.ts'
import { cleanText } from '../../formats/clean-text.ts'
import type { Label } from '../../formats/labels.ts'

/** The label of a contact; `undefined` for a contact without a mailing address. */
export function labelOf(contact: Contact): Label | undefined {
  const text = mailingLabelOf(contact)
  if (text === undefined) return undefined
  const { address, homeCountry } = contact
  const country = countryCode(address?.country ?? '') ?? countryCode(homeCountry ?? '')
  return { text: cleanText(text), country }
}
