import { sql } from 'drizzle-orm'
import { index, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { accountLists } from './account-lists.ts'
import { appeals } from './tasks-and-appeals.ts'
import { areDates, areTimes, createdAt, id } from './columns.ts'
import { contacts } from './contacts.ts'

export const designationAccounts = sqliteTable('designation_accounts', {
  id: id(),
  designationNumber: text('designation_number'),
  name: text('name'),
})

export const accountListDesignationAccounts = sqliteTable(
  'account_list_designation_accounts',
  {
    accountListId: text('account_list_id')
      .notNull()
      .references(() => accountLists.id, { onDelete: 'cascade' }),
    designationAccountId: text('designation_account_id')
      .notNull()
      .references(() => designationAccounts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.accountListId, table.designationAccountId] }),
    index('account_lists_of_designation_account').on(table.designationAccountId),
  ],
)

export const donorAccounts = sqliteTable(
  'donor_accounts',
  {
    id: id(),
    accountNumber: text('account_number'),
    name: text('name'),
    masterCompanyId: text('master_company_id'),
  },
  (table) => [
    index('donor_accounts_of_companies')
      .on(table.id)
      .where(sql`${table.masterCompanyId} <> ''`),
  ],
)

export const contactDonorAccounts = sqliteTable(
  'contact_donor_accounts',
  {
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    donorAccountId: text('donor_account_id')
      .notNull()
      .references(() => donorAccounts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.contactId, table.donorAccountId] }),
    index('contacts_of_donor_account').on(table.donorAccountId),
  ],
)

export const donations = sqliteTable(
  'donations',
  {
    id: id(),
    donorAccountId: text('donor_account_id')
      .notNull()
      .references(() => donorAccounts.id, { onDelete: 'cascade' }),
    designationAccountId: text('designation_account_id').references(() => designationAccounts.id, {
      onDelete: 'set null',
    }),
    appealId: text('appeal_id').references(() => appeals.id, { onDelete: 'set null' }),
    amount: real('amount'),
    currency: text('currency'),
    donationDate: text('donation_date'),
    createdAt: createdAt(),
  },
  (table) => [
    ...areDates(table.donationDate),
    ...areTimes(table.createdAt),
    index('donations_of_donor_account').on(
      table.donorAccountId,
      table.donationDate,
      table.designationAccountId,
      table.amount,
    ),
    index('donations_of_designation_account').on(table.designationAccountId),
    index('donations_of_appeal').on(table.appealId),
  ],
)

export const donationAmountRecommendations = sqliteTable(
  'donation_amount_recommendations',
  {
    id: id(),
    donorAccountId: text('donor_account_id')
      .notNull()
      .references(() => donorAccounts.id, { onDelete: 'cascade' }),
    designationAccountId: text('designation_account_id').references(() => designationAccounts.id, {
      onDelete: 'set null',
    }),
    suggestedPledgeAmount: real('suggested_pledge_amount'),
    suggestedSpecialAmount: real('suggested_special_amount'),
    startedAt: text('started_at'),
    askAt: text('ask_at'),
  },
  (table) => [
    ...areTimes(table.startedAt, table.askAt),
    index('recommendations_of_donor_account').on(
      table.donorAccountId,
      table.designationAccountId,
      table.suggestedPledgeAmount,
    ),
    index('recommendations_of_designation_account').on(table.designationAccountId),
  ],
)
