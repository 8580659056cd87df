import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
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
  (table) => [...areFlags(table.deceased), ...areTimes(table.createdAt, table.updatedAt)],
)

/**
 * The people of a contact, stored contact by contact. Writers know a row by its id as well, which
 * is therefore unique. A trigger of the migrations removes, with a contact, the people that no
 * other contact has. A row deleted here alone leaves its person.
 */
export const contactPeople = sqliteTable(
  'contact_people',
  {
    id: text('id').notNull().unique('contact_people_by_id'),
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
    primaryKey({ columns: [table.contactId, table.personId] }),
    ...areFlags(table.isPrimary),
    ...areTimes(table.createdAt),
    index('contact_people_of_person').on(table.personId),
  ],
)

export const emailAddresses = sqliteTable(
  'email_addresses',
  {
    id: text('id').notNull().unique('email_addresses_by_id'),
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
    primaryKey({ columns: [table.personId, table.id] }),
  ],
)

export const phoneNumbers = sqliteTable(
  'phone_numbers',
  {
    id: text('id').notNull().unique('phone_numbers_by_id'),
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
    primaryKey({ columns: [table.personId, table.id] }),
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
