import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { accountLists } from './account-lists.ts'
import { areDates, areFlags, areTimes, createdAt, flag, id, updatedAt } from './columns.ts'

export const contacts = sqliteTable(
  'contacts',
  {
    id: id(),
    accountListId: text('account_list_id')
      .notNull()
      .references(() => accountLists.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    status: text('status'),
    greeting: text('greeting'),
    envelopeGreeting: text('envelope_greeting'),
    isOrganization: flag('is_organization'),
    churchName: text('church_name'),
    likelyToGive: text('likely_to_give'),
    locale: text('locale'),
    timezone: text('timezone'),
    notes: text('notes'),
    sendNewsletter: text('send_newsletter'),
    pledgeAmount: real('pledge_amount'),
    pledgeCurrency: text('pledge_currency'),
    pledgeFrequency: real('pledge_frequency'),
    pledgeReceived: flag('pledge_received'),
    pledgeStartDate: text('pledge_start_date'),
    lateAt: text('late_at'),
    noAppeals: flag('no_appeals'),
    statusValid: flag('status_valid', true),
    totalDonations: real('total_donations'),
    firstDonationDate: text('first_donation_date'),
    lastDonationDate: text('last_donation_date'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    ...areFlags(table.isOrganization, table.pledgeReceived, table.noAppeals, table.statusValid),
    ...areDates(
      table.pledgeStartDate,
      table.lateAt,
      table.firstDonationDate,
      table.lastDonationDate,
    ),
    ...areTimes(table.createdAt, table.updatedAt),
    // The order of every file. With the status it covers the default filter, which most exports
    // use.
    index('contacts_in_file_order').on(table.accountListId, table.name, table.id, table.status),
    // The order of the indexes of other tables, for filters on those tables.
    index('contacts_in_order_of_ids').on(
      table.accountListId,
      table.id,
      table.status,
      table.name,
      table.pledgeAmount,
      table.pledgeFrequency,
      table.lastDonationDate,
    ),
  ],
)

export const contactTags = sqliteTable(
  'contact_tags',
  {
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.contactId, table.name] })],
)

export const contactReferrals = sqliteTable(
  'contact_referrals',
  {
    id: id(),
    referredById: text('referred_by_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    referredToId: text('referred_to_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [
    ...areTimes(table.createdAt),
    index('contact_referrals_by_referrer').on(table.referredById),
    index('contact_referrals_of_contact').on(table.referredToId, table.referredById),
  ],
)

export const partnerStatusLogs = sqliteTable(
  'partner_status_logs',
  {
    id: id(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    recordedOn: text('recorded_on'),
    status: text('status'),
    pledgeAmount: real('pledge_amount'),
    pledgeCurrency: text('pledge_currency'),
    pledgeFrequency: real('pledge_frequency'),
    pledgeReceived: integer('pledge_received', { mode: 'boolean' }),
  },
  (table) => [
    ...areDates(table.recordedOn),
    ...areFlags(table.pledgeReceived),
    index('partner_status_logs_of_contact').on(
      table.contactId,
      table.recordedOn,
      table.pledgeAmount,
      table.pledgeFrequency,
    ),
  ],
)

export const addresses = sqliteTable(
  'addresses',
  {
    id: text('id').notNull().unique('addresses_by_id'),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    street: text('street'),
    city: text('city'),
    state: text('state'),
    country: text('country'),
    postalCode: text('postal_code'),
    region: text('region'),
    metroArea: text('metro_area'),
    location: text('location'),
    primaryMailingAddress: flag('primary_mailing_address'),
    historic: flag('historic'),
    deleted: flag('deleted'),
    validValues: flag('valid_values', true),
    createdAt: createdAt(),
  },
  (table) => [
    ...areFlags(table.primaryMailingAddress, table.historic, table.deleted, table.validValues),
    ...areTimes(table.createdAt),
    primaryKey({ columns: [table.contactId, table.id] }),
  ],
)
