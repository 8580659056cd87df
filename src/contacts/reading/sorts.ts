import { sql } from 'drizzle-orm'
import { contacts } from '../../db/schema/index.ts'
import { compared, type ContactSort } from './contact-sort.ts'
import { zipSort } from './zip-sort.ts'

const value = sql`entry.value`

/** Every order of the contacts of a file. The first is the usual one. */
export const contactSorts: readonly [ContactSort, ...ContactSort[]] = [
  {
    names: ['name', 'contact name'],
    description: 'by name, in the order of code points',
    value: compared(contacts.name),
    keys: [{ value, turns: true }],
  },
  zipSort,
  {
    names: ['status'],
    description: 'by status, in alphabetical order',
    value: compared(contacts.status),
    keys: [
      { value: sql`coalesce(${value}, '') = ''`, turns: false },
      { value: sql`coalesce(${value}, '')`, turns: true },
    ],
  },
  {
    names: ['created_at'],
    description: 'the one that was created first comes first',
    value: sql`${contacts.createdAt}`,
    keys: [{ value, turns: true }],
  },
  {
    names: ['updated_at'],
    description: 'the one whose last change is longest ago comes first',
    value: sql`${contacts.updatedAt}`,
    keys: [{ value, turns: true }],
  },
  {
    names: ['pledge_amount'],
    description: 'by the amount of the commitment, whatever its currency and frequency',
    value: sql`${contacts.pledgeAmount}`,
    keys: [
      { value: sql`${value} is null`, turns: false },
      { value: sql`coalesce(${value}, 0)`, turns: true },
    ],
  },
]
