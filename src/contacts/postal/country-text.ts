import { linesOf } from './address-layout.ts'
import { isNoCountry } from './countries.ts'

/** A stored country in one line; `''` where it names none. */
export function countryText(stored: string | null): string {
  const text = oneLine(stored)
  return isNoCountry(text) ? '' : text
}

/** A stored text without line breaks. */
export const oneLine = (text: string | null): string => linesOf(text).join(' ')
