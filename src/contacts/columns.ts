import { addressBlockOf } from './postal/address-block.ts'
import { frequencyLabel } from './commitment-frequency.ts'
import type { Contact } from './contact.ts'
import { envelopeGreetingOf, greetingOf } from './greetings.ts'

/** A column of an export: all that a layout, a format or a document needs to know of it. */
export type Column = {
  /** Names the column for programs, and never changes: the heading in snake case. */
  readonly key: string
  readonly heading: string
  /** What it shows, as documents describe it. */
  readonly description: string
  /** In characters: usual values fit, and the heading fits beside the arrow of a filter. */
  readonly width: number
  /** `lines` is text of several lines. */
  readonly type: 'text' | 'lines' | 'amount'
  readonly cell: (contact: Contact) => string | number | null | undefined
}

const contactName: Column = {
  key: 'contact_name',
  heading: 'Contact Name',
  description: 'the name of the contact',
  width: 34,
  type: 'text',
  cell: ({ name }) => name,
}

const greetings: readonly Column[] = [
  {
    key: 'greeting',
    heading: 'Greeting',
    description: 'how a letter begins: as stored, else by the first names',
    width: 26,
    type: 'text',
    cell: greetingOf,
  },
  {
    key: 'envelope_greeting',
    heading: 'Envelope Greeting',
    description: 'the name on an envelope: as stored, else by the names',
    width: 36,
    type: 'text',
    cell: envelopeGreetingOf,
  },
]

const mailingAddress: readonly Column[] = [
  {
    key: 'mailing_street_address',
    heading: 'Mailing Street Address',
    description: 'the street of the mailing address',
    width: 34,
    type: 'lines',
    cell: ({ address }) => address?.street?.trim(),
  },
  {
    key: 'mailing_city',
    heading: 'Mailing City',
    description: 'its city',
    width: 20,
    type: 'text',
    cell: ({ address }) => address?.city,
  },
  {
    key: 'mailing_state',
    heading: 'Mailing State',
    description: 'its state or region',
    width: 18,
    type: 'text',
    cell: ({ address }) => address?.state,
  },
  {
    key: 'mailing_postal_code',
    heading: 'Mailing Postal Code',
    description: 'its postal code, with leading zeros',
    width: 24,
    type: 'text',
    cell: ({ address }) => address?.postalCode,
  },
  {
    key: 'mailing_country',
    heading: 'Mailing Country',
    description: 'its country; empty in the home country of the account list',
    width: 20,
    type: 'text',
    cell: ({ address, homeCountry }) =>
      address?.country === homeCountry ? null : address?.country,
  },
]

/** The columns of the contacts export, in order (MPDX, `ContactExhibit`). */
export const contactColumns: readonly Column[] = [
  contactName,
  {
    key: 'first_name',
    heading: 'First Name',
    description: 'the first name of the primary person',
    width: 18,
    type: 'text',
    cell: ({ primary }) => primary?.firstName,
  },
  {
    key: 'last_name',
    heading: 'Last Name',
    description: 'the last name of the primary person',
    width: 20,
    type: 'text',
    cell: ({ primary }) => primary?.lastName,
  },
  {
    key: 'spouse_first_name',
    heading: 'Spouse First Name',
    description: 'the first name of the spouse',
    width: 22,
    type: 'text',
    cell: ({ spouse }) => spouse?.firstName,
  },
  ...greetings,
  ...mailingAddress,
  {
    key: 'status',
    heading: 'Status',
    description: 'the status, such as `Partner - Financial`',
    width: 24,
    type: 'text',
    cell: ({ status }) => status,
  },
  {
    key: 'commitment_amount',
    heading: 'Commitment Amount',
    description: 'the amount of the commitment; a number in XLSX',
    width: 22,
    type: 'amount',
    cell: ({ pledgeAmount }) => pledgeAmount,
  },
  {
    key: 'commitment_currency',
    heading: 'Commitment Currency',
    description: 'its currency; else that of the account list, else `USD`',
    width: 24,
    type: 'text',
    cell: ({ pledgeCurrency, defaultCurrency }) => pledgeCurrency || defaultCurrency || 'USD',
  },
  {
    key: 'commitment_frequency',
    heading: 'Commitment Frequency',
    description: '`Weekly` to `Every 2 Years`; `Monthly` where none is stored',
    width: 25,
    type: 'text',
    cell: ({ pledgeFrequency }) => frequencyLabel(pledgeFrequency),
  },
  {
    key: 'newsletter',
    heading: 'Newsletter',
    description: '`Physical`, `Email`, `Both`, `None` or empty',
    width: 15,
    type: 'text',
    cell: ({ sendNewsletter }) => sendNewsletter,
  },
  {
    key: 'commitment_received',
    heading: 'Commitment Received',
    description: '`Yes` or `No`',
    width: 24,
    type: 'text',
    cell: ({ pledgeReceived }) => (pledgeReceived ? 'Yes' : 'No'),
  },
  {
    key: 'tags',
    heading: 'Tags',
    description: 'the tags, separated by commas; a tag with a comma stands in quotes',
    width: 40,
    type: 'text',
    cell: ({ tags }) => tags.filter(Boolean).map(tagText).join(', '),
  },
  {
    key: 'primary_email',
    heading: 'Primary Email',
    description: 'the primary e-mail address of the primary person',
    width: 32,
    type: 'text',
    cell: ({ primary }) => primary?.email,
  },
  {
    key: 'spouse_email',
    heading: 'Spouse Email',
    description: 'the primary e-mail address of the spouse',
    width: 32,
    type: 'text',
    cell: ({ spouse }) => spouse?.email,
  },
  {
    key: 'other_email',
    heading: 'Other Email',
    description: 'another e-mail address of the primary person',
    width: 32,
    type: 'text',
    cell: ({ primary }) => primary?.otherEmail,
  },
  {
    key: 'spouse_other_email',
    heading: 'Spouse Other Email',
    description: 'another e-mail address of the spouse',
    width: 32,
    type: 'text',
    cell: ({ spouse }) => spouse?.otherEmail,
  },
  {
    key: 'primary_phone',
    heading: 'Primary Phone',
    description: 'the primary phone number of the primary person',
    width: 18,
    type: 'text',
    cell: ({ primary }) => primary?.phone,
  },
  {
    key: 'spouse_phone',
    heading: 'Spouse Phone',
    description: 'the primary phone number of the spouse',
    width: 18,
    type: 'text',
    cell: ({ spouse }) => spouse?.phone,
  },
  {
    key: 'other_phone',
    heading: 'Other Phone',
    description: 'another phone number of the primary person',
    width: 18,
    type: 'text',
    cell: ({ primary }) => primary?.otherPhone,
  },
  {
    key: 'spouse_other_phone',
    heading: 'Spouse Other Phone',
    description: 'another phone number of the spouse',
    width: 23,
    type: 'text',
    cell: ({ spouse }) => spouse?.otherPhone,
  },
]

/** The columns of the mailing export, in order: what a mail merge or a sheet of labels needs. */
export const mailingColumns: readonly Column[] = [
  contactName,
  ...greetings,
  ...mailingAddress,
  {
    key: 'address_block',
    heading: 'Address Block',
    description: 'the address as the post office of its country wants it',
    width: 44,
    type: 'lines',
    cell: addressBlockOf,
  },
]

/** Columns that are in no export by default, and can be asked for. */
export const furtherColumns: readonly Column[] = [
  {
    key: 'contact_id',
    heading: 'Contact ID',
    description: 'the id of the contact, which never changes',
    width: 38,
    type: 'text',
    cell: ({ id }) => id,
  },
  {
    key: 'account_list_name',
    heading: 'Account List Name',
    description: 'the name of its account list, up to 250 characters',
    width: 34,
    type: 'text',
    cell: ({ accountListName }) => accountListName,
  },
]

/** Every column that an export can have, by its key. */
export const columnByKey: ReadonlyMap<string, Column> = new Map(
  [...contactColumns, ...mailingColumns, ...furtherColumns].map((column) => [column.key, column]),
)

/** A tag as one item of a list separated by commas. */
const tagText = (tag: string): string => (/[",]/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)
