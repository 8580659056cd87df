import { sql, type SQL } from 'drizzle-orm'
import {
  accountListDesignationAccounts,
  contactDonorAccounts,
  contacts,
  donations,
} from '../../db/schema/index.ts'
import { isAmong, type FilterContext } from './filter-key.ts'
import { dateWithin, type Range } from './range.ts'

/** An id among the designation accounts of the account lists in scope: "the user's". */
export const isUsersDesignationAccount = (id: SQL, { accountListIds }: FilterContext): SQL =>
  sql`${id} in (select ${accountListDesignationAccounts.designationAccountId}
    from ${accountListDesignationAccounts}
    where ${isAmong(accountListDesignationAccounts.accountListId, accountListIds)})`

/**
 * The gifts of a contact: donations by its donor accounts to the user's designation accounts. The plus keeps the search
 * one for each donor account: its gifts are fewer than the designation accounts may be.
 */
const giftsWhere = (selected: SQL, condition: SQL, context: FilterContext): SQL =>
  sql`select ${selected} from ${contactDonorAccounts}
    join ${donations} on ${donations.donorAccountId} = ${contactDonorAccounts.donorAccountId}
    where ${contactDonorAccounts.contactId} = ${contacts.id}
    and ${isUsersDesignationAccount(sql`+${donations.designationAccountId}`, context)} and ${condition}`

/** Contacts with a gift that satisfies a condition. */
export const withGift = (condition: SQL, context: FilterContext): SQL =>
  sql`exists (${giftsWhere(sql`1`, condition, context)})`

export const countOfGifts = (within: Range, context: FilterContext): SQL =>
  sql`(${giftsWhere(sql`count(*)`, dateWithin(donations.donationDate, within), context)})`

export const sumOfGifts = (within: Range, context: FilterContext): SQL =>
  sql`(${giftsWhere(
    sql`coalesce(sum(${donations.amount}), 0.0)`,
    dateWithin(donations.donationDate, within),
    context,
  )})`
