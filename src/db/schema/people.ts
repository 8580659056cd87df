import { desc } from 'drizzle-orm'
import { index, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { areFlags, areTimes, createdAt, flag, id, updatedAt } from './columns.ts'
import { contacts } from './contacts.ts'

export const people = sqliteTable(
  'people',
  {
    id: id(),
    firstName: text('first_name'),
    lastName: text('last_name'),
    gender: text('gender'),
    deceased: flag('deceased'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    ...areFlags(table.deceased),
    ...areTimes(table.createdAt, table.updatedAt),
    index('people_in_files').on(
      table.id,
      table.deceased,
      table.gender,
      table.createdAt,
      table.firstName,
      table.lastName,
    ),
  ],
)

/**
 * The people of a contact. A trigger of the migrations removes, with a contact, the people that no
 * other contact has. A row deleted here alone leaves its person.
 */
export const contactPeople = sqliteTable(
  'contact_people',
  {
    id: id(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    isPrimary: flag('is_primary'),
    createdAt: createdAt(),
  },
  (table) => [
    unique('contact_people_once').on(table.contactId, table.personId),
    ...areFlags(table.isPrimary),
    ...areTimes(table.createdAt),
    index('contact_people_in_files').on(
      table.contactId,
      table.createdAt,
      table.id,
      table.personId,
      table.isPrimary,
    ),
    index('contact_people_of_person').on(table.personId, table.contactId),
  ],
)

export const emailAddresses = sqliteTable(
  'email_addresses',
  {
    id: id(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    email: text('email'),
    location: text('location'),
    isPrimary: flag('is_primary'),
    historic: flag('historic'),
    validValues: flag('valid_values', true),
    createdAt: createdAt(),
  },
  (table) => [
    ...areFlags(table.isPrimary, table.historic, table.validValues),
    ...areTimes(table.createdAt),
    index('email_addresses_in_files').on(
      table.personId,
      desc(table.isPrimary),
      table.createdAt,
      table.id,
      table.historic,
      table.email,
    ),
  ],
)

export const phoneNumbers = sqliteTable(
  'phone_numbers',
  {
    id: id(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    number: text('number'),
    location: text('location'),
    isPrimary: flag('is_primary'),
    historic: flag('historic'),
    validValues: flag('valid_values', true),
    createdAt: createdAt(),
  },
  (table) => [
    ...areFlags(table.isPrimary, table.historic, table.validValues),
    ...areTimes(table.createdAt),
    index('phone_numbers_in_files').on(
      table.personId,
      desc(table.isPrimary),
      table.createdAt,
      table.id,
      table.historic,
      table.number,
      table.location,
    ),
  ],
)

export const personFacebookAccounts = sqliteTable(
  'person_facebook_accounts',
  {
    id: id(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    username: text('username'),
  },
  (table) => [index('person_facebook_accounts_of_person').on(table.personId, table.username)],
)
