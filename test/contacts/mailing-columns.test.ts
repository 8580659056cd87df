import { describe, expect, it } from 'vitest'
import { contactColumns, mailingColumns } from '../../src/contacts/columns.ts'
import { tableLayout } from '../../src/export-files/layouts/table-layout.ts'
import { mailingContact } from '../helpers/mailing-contact.ts'

describe('the columns of the mailing export', () => {
  it('have their headings in their order', () => {
    expect(mailingColumns.map(({ heading }) => heading)).toEqual([
      'Contact Name',
      'Greeting',
      'Envelope Greeting',
      'Mailing Street Address',
      'Mailing City',
      'Mailing State',
      'Mailing Postal Code',
      'Mailing Country',
      'Address Block',
    ])
  })

  it('are those of the contacts export, but for the address block', () => {
    expect(mailingColumns.filter((column) => !contactColumns.includes(column))).toEqual([
      mailingColumns.at(-1),
    ])
  })

  it('show a contact abroad', () => {
    const contact = mailingContact({
      homeCountry: 'United States',
      address: {
        street: ' Unter den Linden 1\r\nHinterhaus ',
        city: 'Berlin',
        state: null,
        postalCode: '10117',
        country: 'Germany',
      },
    })
    expect(tableLayout(mailingColumns).rowOf(contact)).toEqual([
      'Doe, John and Jane',
      'John and Jane',
      'John and Jane Doe',
      'Unter den Linden 1\r\nHinterhaus',
      'Berlin',
      null,
      '10117',
      'Germany',
      'John and Jane Doe\nUnter den Linden 1\nHinterhaus\n10117 Berlin\nGERMANY',
    ])
  })

  it('show a contact without an address', () => {
    expect(tableLayout(mailingColumns).rowOf(mailingContact({ address: undefined }))).toEqual([
      'Doe, John and Jane',
      'John and Jane',
      'John and Jane Doe',
      null,
      null,
      null,
      null,
      null,
      'John and Jane Doe',
    ])
  })
})
