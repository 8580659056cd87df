import type { Faker } from '@faker-js/faker'
import { chance, dayWithin, homes, inPercent, timeWithin, uuid } from './chance.ts'
import type { DemoRows } from './demo-rows.ts'

const STATUSES = [
  'Never Contacted',
  'Ask in Future',
  'Cultivate Relationship',
  'Contact for Appointment',
  'Appointment Scheduled',
  'Call for Decision',
  'Partner - Financial',
  'Partner - Financial',
  'Partner - Financial',
  'Partner - Special',
  'Partner - Pray',
  'Not Interested',
  'Unresponsive',
  'Never Ask',
  'Research Abandoned',
  'Expired Referral',
  null,
  '',
]
const FREQUENCIES = [0.230769230769, 0.46153846153846, 1, 1, 1, 2, 3, 4, 6, 12, 24, null]
const TAGS = [
  'newsletter',
  'Christmas card',
  'camp 2019',
  'prayer, weekly',
  'the "old" list',
  'Église',
]
const YEARS = 6 * 365

/** What a household is made of. */
type Household = 'couple' | 'single' | 'widowed' | 'gone' | 'nobody' | 'church'

/**
 * Adds a realistic contact, with its people, addresses, tags and history. @returns its id and name
 */
export function addContact(rows: DemoRows, accountListId: string): { id: string; name: string } {
  const home = chance.helpers.arrayElement(homes)
  const household = chance.helpers.weightedArrayElement<Household>([
    { value: 'couple', weight: 50 },
    { value: 'single', weight: 30 },
    { value: 'widowed', weight: 6 },
    { value: 'church', weight: 8 },
    { value: 'nobody', weight: 4 },
    { value: 'gone', weight: 2 },
  ])
  const lastName = home.faker.person.lastName()
  const husband = home.faker.person.firstName('male')
  const wife = home.faker.person.firstName('female')
  const id = uuid()
  const name = nameOf(household, lastName, husband, wife, home.faker)
  const status = chance.helpers.arrayElement(STATUSES)
  const gives = status === 'Partner - Financial' || status === 'Partner - Special'
  rows.contacts.push({
    id,
    accountListId,
    name,
    status,
    greeting: inPercent(10) ? `Dear ${husband}` : null,
    envelopeGreeting: inPercent(5) ? `The ${lastName} family` : null,
    isOrganization: household === 'church',
    churchName: inPercent(30) ? `${home.faker.location.city()} Church` : null,
    likelyToGive: chance.helpers.arrayElement(['Least Likely', 'Likely', 'Most Likely', null]),
    locale: chance.helpers.arrayElement(['en', 'de', 'fr-FR', null, '']),
    timezone: chance.helpers.arrayElement(['America/New_York', 'Europe/Berlin', null]),
    notes: inPercent(20) ? chance.lorem.sentence() : null,
    sendNewsletter: chance.helpers.arrayElement(['Physical', 'Email', 'Both', 'None', null]),
    pledgeAmount: gives
      ? chance.number.int({ min: 2, max: 60 }) * 5 + (inPercent(10) ? 0.5 : 0)
      : null,
    pledgeCurrency: gives ? chance.helpers.arrayElement(['USD', 'EUR', 'CAD', null]) : null,
    pledgeFrequency: gives ? chance.helpers.arrayElement(FREQUENCIES) : null,
    pledgeReceived: gives && inPercent(80),
    pledgeStartDate: gives ? dayWithin(YEARS) : null,
    lateAt: gives && inPercent(20) ? dayWithin(120) : null,
    noAppeals: inPercent(5),
    statusValid: !inPercent(5),
    createdAt: timeWithin(YEARS),
    updatedAt: timeWithin(365),
  })
  if (household !== 'church' && household !== 'nobody') {
    const both = household !== 'single'
    const widowed = household === 'widowed' || household === 'gone'
    addPerson(rows, id, {
      firstName: husband,
      lastName,
      gender: 'male',
      deceased: widowed,
      dial: home.dial,
    })
    if (both) {
      const deceased = household === 'gone'
      addPerson(rows, id, {
        firstName: wife,
        lastName,
        gender: 'female',
        deceased,
        dial: home.dial,
      })
    }
  }
  addAddresses(rows, id, home.country, home.faker)
  for (const tag of chance.helpers.arrayElements(TAGS, { min: 0, max: 3 })) {
    rows.contactTags.push({ contactId: id, name: tag })
  }
  if (gives && inPercent(50)) {
    rows.partnerStatusLogs.push({
      id: uuid(),
      contactId: id,
      recordedOn: dayWithin(720),
      status: 'Partner - Financial',
      pledgeAmount: chance.number.int({ min: 1, max: 20 }) * 5,
      pledgeCurrency: 'USD',
      pledgeFrequency: 1,
      pledgeReceived: true,
    })
  }
  return { id, name }
}

function nameOf(
  household: Household,
  lastName: string,
  husband: string,
  wife: string,
  faker: Faker,
): string {
  if (household === 'church') return `${faker.location.city()} Community Church`
  if (household === 'single' || household === 'nobody') return `${lastName}, ${husband}`
  return chance.helpers.weightedArrayElement([
    { value: `${lastName}, ${husband} and ${wife}`, weight: 80 },
    { value: `${lastName}, ${husband} & ${wife}`, weight: 8 },
    { value: `${lastName}, ${husband} (${husband.slice(0, 2)}) and ${wife}`, weight: 6 },
    { value: `${lastName}, ${husband} and ${wife} (${faker.person.lastName()})`, weight: 6 },
  ])
}

type NewPerson = {
  firstName: string
  lastName: string
  gender: 'male' | 'female'
  deceased: boolean
  dial: string
}

function addPerson(rows: DemoRows, contactId: string, { dial, ...person }: NewPerson): void {
  const id = uuid()
  const createdAt = timeWithin(YEARS)
  rows.people.push({ id, ...person, createdAt })
  const isPrimary = person.gender === 'male' && inPercent(70)
  rows.contactPeople.push({ id: uuid(), contactId, personId: id, isPrimary, createdAt })
  for (const index of [0, 1, 2].slice(0, chance.number.int({ min: 0, max: 3 }))) {
    const reachable = { personId: id, isPrimary: index === 0, historic: inPercent(15), createdAt }
    const email = emailOf(person, index)
    rows.emailAddresses.push({ id: uuid(), ...reachable, email, location: 'home' })
    rows.phoneNumbers.push({
      id: uuid(),
      ...reachable,
      number: `${dial}${chance.string.numeric(9)}`,
      location: chance.helpers.arrayElement(['mobile', 'home', 'work', 'other']),
    })
  }
  if (inPercent(15)) {
    rows.personFacebookAccounts.push({
      id: uuid(),
      personId: id,
      username: emailOf(person, 0).split('@')[0] ?? null,
    })
  }
}

/**
 * Plausible e-mail addresses for a name, each at a domain that is reserved for examples (RFC 2606).
 */
function emailOf(
  { firstName, lastName }: Pick<NewPerson, 'firstName' | 'lastName'>,
  index: number,
) {
  const [first, last] = [firstName, lastName].map(lettersOf)
  const addresses = [
    `${first}.${last}@example.org`,
    `${first}@example.com`,
    `${last}.${first}@example.net`,
  ]
  return addresses[index] ?? `${first}.${last}${index}@example.org`
}

/** Small letters without accents. */
const lettersOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}]/gu, '')

function addAddresses(rows: DemoRows, contactId: string, country: string, faker: Faker): void {
  for (const index of [0, 1].slice(0, chance.number.int({ min: 0, max: 2 }))) {
    rows.addresses.push({
      id: uuid(),
      contactId,
      street: inPercent(20)
        ? `${faker.location.streetAddress()}\nApartment ${chance.string.numeric(2)}`
        : faker.location.streetAddress(),
      city: faker.location.city(),
      state: inPercent(80) ? faker.location.state() : '',
      postalCode: inPercent(10) ? `0${chance.string.numeric(4)}` : faker.location.zipCode(),
      country,
      region: inPercent(30) ? 'North' : null,
      metroArea: inPercent(30) ? faker.location.city() : null,
      primaryMailingAddress: index === 0,
      historic: index > 0 && inPercent(50),
      deleted: index > 0 && inPercent(20),
      validValues: !inPercent(5),
      createdAt: timeWithin(YEARS),
    })
  }
}
