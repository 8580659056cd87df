import { addressBlockOf } from './postal/address-block.ts'
import type { Contact } from './contact.ts'
import { envelopeGreetingOf, greetingOf } from './greetings.ts'

/** A column of an export: all that any format must know of it. */
export type Column = {
  readonly heading: string
  /** In characters: what is usual fits, and so does the heading beside the arrow of a filter. */
  readonly width: number
  /** `lines` is text of several lines. */
  readonly type: 'text' | 'lines' | 'amount'
  readonly cell: (contact: Contact) => string | number | null | undefined
}

const text = (heading: string, width: number, cell: Column['cell']): Column => ({
  heading,
  width,
  type: 'text',
  cell,
})

const lines = (heading: string, width: number, cell: Column['cell']): Column => ({
  ...text(heading, width, cell),
  type: 'lines',
})

const contactName = text('Contact Name', 34, ({ name }) => name)

const greetings = [
  text('Greeting', 26, greetingOf),
  text('Envelope Greeting', 36, envelopeGreetingOf),
]

const mailingAddress = [
  lines('Mailing Street Address', 34, ({ address }) => address?.street?.trim()),
  text('Mailing City', 20, ({ address }) => address?.city),
  text('Mailing State', 18, ({ address }) => address?.state),
  text('Mailing Postal Code', 24, ({ address }) => address?.postalCode),
  text('Mailing Country', 20, ({ address, homeCountry }) =>
    address?.country === homeCountry ? null : address?.country,
  ),
]

/** The contacts export, in its order (MPDX, `ContactExhibit`). */
export const contactColumns: readonly Column[] = [
  contactName,
  text('First Name', 18, ({ primary }) => primary?.firstName),
  text('Last Name', 20, ({ primary }) => primary?.lastName),
  text('Spouse First Name', 22, ({ spouse }) => spouse?.firstName),
  ...greetings,
  ...mailingAddress,
  text('Status', 24, ({ status }) => status),
  {
    heading: 'Commitment Amount',
    width: 22,
    type: 'amount',
    cell: ({ pledgeAmount }) => pledgeAmount,
  },
  text(
    'Commitment Currency',
    24,
    ({ pledgeCurrency, defaultCurrency }) => pledgeCurrency || defaultCurrency || 'USD',
  ),
  text('Commitment Frequency', 25, ({ pledgeFrequency }) => frequencyLabel(pledgeFrequency)),
  text('Newsletter', 15, ({ sendNewsletter }) => sendNewsletter),
  text('Commitment Received', 24, ({ pledgeReceived }) => (pledgeReceived ? 'Yes' : 'No')),
  text('Tags', 40, ({ tags }) => tags.filter(Boolean).map(tagText).join(', ')),
  text('Primary Email', 32, ({ primary }) => primary?.email),
  text('Spouse Email', 32, ({ spouse }) => spouse?.email),
  text('Other Email', 32, ({ primary }) => primary?.otherEmail),
  text('Spouse Other Email', 32, ({ spouse }) => spouse?.otherEmail),
  text('Primary Phone', 18, ({ primary }) => primary?.phone),
  text('Spouse Phone', 18, ({ spouse }) => spouse?.phone),
  text('Other Phone', 18, ({ primary }) => primary?.otherPhone),
  text('Spouse Other Phone', 23, ({ spouse }) => spouse?.otherPhone),
]

/** The mailing export, in its order: what a mail merge or a sheet of labels needs. */
export const mailingColumns: readonly Column[] = [
  contactName,
  ...greetings,
  ...mailingAddress,
  lines('Address Block', 44, addressBlockOf),
]

/** The cells of a contact, in the order of the columns. */
export const cellsOf = (contact: Contact, columns: readonly Column[]): (string | number | null)[] =>
  columns.map(({ cell }) => cell(contact) ?? null)

/** Months between gifts. The two fractions are 3/13 and 6/13, rounded in more than one way. */
const FREQUENCIES: readonly (readonly [months: number, label: string])[] = [
  [0.23076923076923, 'Weekly'],
  [0.46153846153846, 'Every 2 Weeks'],
  [1, 'Monthly'],
  [2, 'Every 2 Months'],
  [3, 'Quarterly'],
  [4, 'Every 4 Months'],
  [6, 'Every 6 Months'],
  [12, 'Annual'],
  [24, 'Every 2 Years'],
]
const FREQUENCY_TOLERANCE = 0.0001

const frequencyLabel = (frequency: number | null): string | undefined =>
  frequency === null
    ? 'Monthly'
    : FREQUENCIES.find(([months]) =>
        Number.isInteger(months)
          ? frequency === months
          : Math.abs(frequency - months) <= FREQUENCY_TOLERANCE,
      )?.[1]

/** A tag as one item of a list separated by commas. */
const tagText = (tag: string): string => (/[",]/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)
