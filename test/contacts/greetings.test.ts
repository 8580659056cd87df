import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/contacts/contact.ts'
import { envelopeGreetingOf, greetingOf } from '../../src/contacts/greetings.ts'

const person = (firstName: string | null, lastName: string | null = null): Person => ({
  firstName,
  lastName,
  email: undefined,
  otherEmail: undefined,
  phone: undefined,
  otherPhone: undefined,
})

const contact = {
  name: 'Smith, John and Jane',
  greeting: null,
  envelopeGreeting: null,
  isOrganization: false,
  namesDonorAccount: false,
  primary: person('John', 'Smith'),
  spouse: person('Jane'),
}

describe('the greeting', () => {
  it.each([
    ['takes the stored one', { greeting: 'Dear friends' }, 'Dear friends'],
    ['leaves the stored one as it is', { greeting: ' Dear  friends ' }, ' Dear  friends '],
    ['counts blanks as absent', { greeting: ' \t' }, 'John and Jane'],
    ['joins the first names', {}, 'John and Jane'],
    ['takes the primary alone', { spouse: undefined }, 'John'],
    ['takes the spouse alone', { primary: person('') }, 'Jane'],
    ['falls back to the name', { primary: person(null), spouse: person('') }, contact.name],
    ['falls back to the name of nobody', { primary: undefined, spouse: undefined }, contact.name],
    ['names an organization', { isOrganization: true }, contact.name],
    [
      'knows a ministry by its last name',
      { primary: person('A', 'of the Ministry') },
      contact.name,
    ],
  ])('%s', (_, changes, expected) => {
    expect(greetingOf({ ...contact, ...changes })).toBe(expected)
  })
})

describe('the envelope greeting', () => {
  it.each([
    ['Smith, John & Jane', 'John & Jane Smith'],
    ['Smith, John and Jane', 'John and Jane Smith'],
    ['Smith, John', 'John Smith'],
    ['Doe, George (G)', 'George Doe'],
    ['Doe, John (Johnny) and Janet (Jane)', 'John and Janet Doe'],
    ['Doe, John (Johnny) & Janet (Jane)', 'John and Janet Doe'],
    ['Doe, John (Johnny) and Janet', 'John and Janet Doe'],
    ['Doe, John and Jane (Smith)', 'John Doe and Jane Smith'],
    ['Doe, John & Jane (Smith)', 'John Doe and Jane Smith'],
    ['Community Church', 'Community Church'],
    ['  Community Church , ', 'Community Church'],
    ['Smith,', 'Smith'],
    ['Smith, John,', 'John Smith'],
    ['Smith, John, Jr.', 'John Smith'],
    ['Smith,,', 'Smith'],
    [', John', 'John'],
    ['Doe, Ann (A) and Bob (B) and Cid (C)', 'Ann (A) and Bob (B) and Cid (C) Doe'],
    ['Doe, John (Johnny', 'John (Johnny Doe'],
    ['Doe, John  (Johnny)  Paul', 'John (Johnny) Paul Doe'],
    ['Doe, (Johnny)', '(Johnny) Doe'],
    ['Doe, (Johnny) and Jane (Smith)', '(Johnny) and Jane (Smith) Doe'],
    [', John (Johnny)', 'John'],
    [', John (Johnny) and Jane', 'John and Jane'],
    [', John and Jane (Smith)', 'John and Jane Smith'],
    ['Doe, John and Jane ( )', 'John Doe and Jane'],
    ['Doe, John ((J))', 'John ((J)) Doe'],
  ])('of %j is %j', (name, expected) => {
    expect(envelopeGreetingOf({ ...contact, name })).toBe(expected)
  })

  it.each([
    ['takes the stored one', { envelopeGreeting: 'The Smiths' }, 'The Smiths'],
    ['counts blanks as absent', { envelopeGreeting: '  ' }, 'John and Jane Smith'],
    ['names an organization', { isOrganization: true }, contact.name],
    [
      'takes a last name for a nickname where a donor account has exactly the name',
      { name: 'Doe, John and Janet (Jane)', namesDonorAccount: true },
      'John and Janet Doe',
    ],
  ])('%s', (_, changes, expected) => {
    expect(envelopeGreetingOf({ ...contact, ...changes })).toBe(expected)
  })
})
