import { allFakers, Faker, en, type Faker as LocalFaker } from '@faker-js/faker'

/** The same data on every machine. */
const SEED = 20_220_112

/**
 * The day on which the demo data is made: its dates are relative to it, so that filters by date
 * find contacts.
 */
const TODAY = new Date()

export const chance = new Faker({ locale: [en] })

/** Where the demo's contacts live, and a faker that knows how they are called there. */
export const homes: readonly { country: string; dial: string; faker: LocalFaker }[] = [
  { country: 'United States', dial: '+1', faker: allFakers.en_US },
  { country: 'United States', dial: '+1', faker: allFakers.en_US },
  { country: 'United States', dial: '+1', faker: allFakers.en_US },
  { country: 'Canada', dial: '+1', faker: allFakers.en_CA },
  { country: 'United Kingdom', dial: '+44', faker: allFakers.en_GB },
  { country: 'Germany', dial: '+49', faker: allFakers.de },
  { country: 'France', dial: '+33', faker: allFakers.fr },
  { country: 'Sweden', dial: '+46', faker: allFakers.sv },
  { country: 'Netherlands', dial: '+31', faker: allFakers.nl },
  { country: 'Brazil', dial: '+55', faker: allFakers.pt_BR },
  { country: 'Japan', dial: '+81', faker: allFakers.ja },
  { country: 'South Korea', dial: '+82', faker: allFakers.ko },
  { country: 'Russia', dial: '+7', faker: allFakers.ru },
  { country: 'Greece', dial: '+30', faker: allFakers.el },
  { country: 'Egypt', dial: '+20', faker: allFakers.ar },
  { country: 'Taiwan', dial: '+886', faker: allFakers.zh_TW },
]

for (const faker of [chance, ...homes.map((home) => home.faker)]) faker.seed(SEED)

export const uuid = (): string => chance.string.uuid()

/** True so often in a hundred. */
export const inPercent = (percent: number): boolean =>
  chance.datatype.boolean({ probability: percent / 100 })

const storedTime = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`

/** A time within a number of days before today, or after it when the number is negative. */
export const timeWithin = (days: number): string =>
  storedTime(
    new Date(TODAY.getTime() - chance.number.float({ min: 0, max: 1 }) * days * 86_400_000),
  )

export const dayWithin = (days: number): string => timeWithin(days).slice(0, 10)
