import type { Contact } from './contact.ts'

type Greeted = Pick<
  Contact,
  | 'name'
  | 'greeting'
  | 'envelopeGreeting'
  | 'isOrganization'
  | 'primary'
  | 'spouse'
  | 'namesDonorAccount'
>

/** How a letter begins: the stored greeting, otherwise the first names. */
export function greetingOf(contact: Greeted): string {
  if (contact.greeting?.trim()) return contact.greeting
  if (isOrganization(contact)) return contact.name
  const firstNames = [contact.primary?.firstName, contact.spouse?.firstName].filter(Boolean)
  return firstNames.length > 0 ? firstNames.join(' and ') : contact.name
}

/**
 * How an envelope is addressed: the stored greeting, or the contact's name with the first names in
 * front (MPDX, `Contact#envelope_greeting`).
 */
export function envelopeGreetingOf(contact: Greeted): string {
  if (contact.envelopeGreeting?.trim()) return contact.envelopeGreeting
  if (isOrganization(contact)) return contact.name
  const name = contact.name.trim().replace(/,$/, '').trim()
  const [last, first] = name.split(',').map((part) => part.trim())
  if (last === undefined || first === undefined) return name
  if (!/[()]/.test(first)) return fullName(first, last)
  return namesOf(first, last, contact.namesDonorAccount) ?? squeezed(fullName(first, last))
}

const isOrganization = ({ isOrganization: marked, primary }: Greeted): boolean =>
  marked || primary?.lastName === 'of the Ministry'

/** A name with or without something in parentheses at its end. */
const nameWithParentheses = /^([^()]*[^()\s])\s*(?:\(([^()]*)\))?$/

/**
 * One or two names with parentheses, in the form for an envelope. After the first of the names,
 * parentheses contain a nickname, and then all do. After the second name alone, they contain a last
 * name of her own, unless a donor account has exactly this name.
 *
 * @returns `undefined` when the parentheses are in another place
 */
function namesOf(first: string, last: string, namesDonorAccount: boolean): string | undefined {
  const [one, two, ...others] = first
    .split(/ & | and /)
    .map((name) => nameWithParentheses.exec(name.trim()))
  if (!one || two === null || others.length > 0) return undefined
  if (!two) return fullName(one[1], last)
  const ownLastName = one[2] === undefined && !namesDonorAccount
  return ownLastName
    ? `${fullName(one[1], last)} and ${fullName(two[1], two[2]?.trim())}`
    : fullName(`${one[1]} and ${two[1]}`, last)
}

const fullName = (...names: readonly (string | undefined)[]): string =>
  names.filter(Boolean).join(' ')

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim()
