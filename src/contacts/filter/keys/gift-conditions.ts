import { sql, type SQL } from 'drizzle-orm'
import {
  accountListDesignationAccounts,
  contactDonorAccounts,
  contacts,
  donations,
} from '../../../db/schema/index.ts'
import { inScope } from './conditions.ts'
import type { Range } from '../values/range.ts'
import { dateWithin } from './within-range.ts'

/** An id among the designation accounts of the account lists in scope: "the user's". */
export const isUsersDesignationAccount = (id: SQL): SQL =>
  sql`${id} in (select ${accountListDesignationAccounts.designationAccountId}
    from ${accountListDesignationAccounts}
    where ${accountListDesignationAccounts.accountListId} in ${inScope})`

/**
 * The gifts of a contact: donations by its donor accounts to the user's designation accounts. The
 * plus makes SQLite search by donor account: its gifts are fewer than the designation accounts may
 * be.
 */
const giftsWhere = (selected: SQL, condition: SQL): SQL =>
  sql`select ${selected} from ${contactDonorAccounts}
    join ${donations} on ${donations.donorAccountId} = ${contactDonorAccounts.donorAccountId}
    where ${contactDonorAccounts.contactId} = ${contacts.id}
    and ${isUsersDesignationAccount(sql`+${donations.designationAccountId}`)} and ${condition}`

/** Contacts with a gift that satisfies a condition. */
export const withGift = (condition: SQL): SQL => sql`exists (${giftsWhere(sql`1`, condition)})`

export const countOfGifts = (within: Range): SQL =>
  sql`(${giftsWhere(sql`count(*)`, dateWithin(donations.donationDate, within))})`

export const sumOfGifts = (within: Range): SQL =>
  sql`(${giftsWhere(
    sql`coalesce(sum(${donations.amount}), 0.0)`,
    dateWithin(donations.donationDate, within),
  )})`
