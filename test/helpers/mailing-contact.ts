import type { Contact, Person } from '../../src/contacts/contact.ts'

const person = (firstName: string): Person => ({
  firstName,
  lastName: 'Doe',
  email: undefined,
  otherEmail: undefined,
  phone: undefined,
  otherPhone: undefined,
})

/** A contact of whom only what a letter needs is of interest. */
export const mailingContact = (changes: Partial<Contact>): Contact => ({
  id: 'c0000000-0000-4000-8000-000000000001',
  accountListId: 'a0000000-0000-4000-8000-000000000001',
  name: 'Doe, John and Jane',
  greeting: null,
  envelopeGreeting: null,
  isOrganization: false,
  status: null,
  pledgeAmount: null,
  pledgeCurrency: null,
  pledgeFrequency: null,
  pledgeReceived: false,
  sendNewsletter: null,
  tags: [],
  address: undefined,
  primary: person('John'),
  spouse: person('Jane'),
  namesDonorAccount: false,
  accountListName: 'Smith Ministry',
  homeCountry: null,
  defaultCurrency: null,
  ...changes,
})
