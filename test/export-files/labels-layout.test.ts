import { describe, expect, it } from 'vitest'
import type { Contact } from '../../src/contacts/contact.ts'
import { labelOf } from '../../src/export-files/layouts/labels-layout.ts'
import { mailingContact } from '../helpers/mailing-contact.ts'

type Address = NonNullable<Contact['address']>

const address = (parts: Partial<Address>): Address => ({
  street: null,
  city: null,
  state: null,
  postalCode: null,
  country: null,
  ...parts,
})

describe('the label of a contact', () => {
  it('is the address block', () => {
    const contact = mailingContact({
      address: address({ street: '1 Main St', city: 'Dover', state: 'DE', postalCode: '19901' }),
      homeCountry: 'US',
    })
    expect(labelOf(contact)?.text).toBe('John and Jane Doe\n1 Main St\nDover, DE 19901')
  })

  it.each([
    ['Taiwan', null, 'TW'],
    ['香港', 'United States', 'HK'],
    ['JAPAN', 'CN', 'JP'],
    [null, 'South Korea', 'KR'],
    ['N/A', 'CN', 'CN'],
    [null, null, undefined],
  ])(
    'is of the country of the address, %s, else of the home country, %s',
    (country, home, code) => {
      const contact = mailingContact({
        address: address({ street: '1 Main St', country }),
        homeCountry: home,
      })
      expect(labelOf(contact)?.country).toBe(code)
    },
  )

  it.each<[string, Address | undefined]>([
    ['no address', undefined],
    ['an address without anything', address({})],
    ['blanks only', address({ street: ' \n ', city: ' ' })],
    ['a country only', address({ country: 'Germany' })],
  ])('is none with %s', (_, none) => {
    expect(labelOf(mailingContact({ address: none, homeCountry: 'US' }))).toBeUndefined()
  })
})
