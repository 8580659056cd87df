import { sql, type SQL } from 'drizzle-orm'
import {
  contactDonorAccounts,
  contacts,
  donationAmountRecommendations,
  donations,
} from '../../../db/schema/index.ts'
import { filterKey, inList, rowKey, selectingKey, valueOf, type GivenValues } from './filter-key.ts'
import { isUsersDesignationAccount, withGift } from './gifts.ts'
import { amountRange } from '../values/amount-range.ts'
import { dateWithin, range } from '../values/range.ts'
import { ids, numbers, wordList } from '../values/lists.ts'
import { yesOrNo } from '../values/values.ts'

const donationWords = wordList('none', 'one', 'first', 'last')

/** The keys about gifts, in the order of the page on filters. */
export const giftKeys = {
  donation: selectingKey(donationWords, (words, given) => {
    const within = valueOf(given, 'donation_date', range)
    const noGift = (): SQL =>
      sql`not ${withGift(within ? dateWithin(donations.donationDate, within) : sql`true`)}`
    const ofContact = [
      ...(words.includes('none') ? [noGift] : []),
      ...(words.includes('one') ? [aGift] : []),
    ]
    const ofGift = [
      ...(words.includes('first') ? [isEdgeGift(sql`min`)] : []),
      ...(words.includes('last') ? [isEdgeGift(sql`max`)] : []),
    ]
    return {
      contact: ofContact.length > 0 ? allOf(ofContact) : undefined,
      row: ofGift.length > 0 ? { group: withGift, condition: allOf(ofGift) } : undefined,
    }
  }),

  donation_amount: rowKey(withGift, numbers, (amounts) => inList(donations.amount, amounts)),

  donation_amount_range: rowKey(withGift, amountRange, ({ min, max }) => {
    if (min === undefined) return sql`${donations.amount} <= ${max}`
    return max === undefined
      ? sql`${donations.amount} >= ${min}`
      : sql`${donations.amount} between ${min} and ${max}`
  }),

  donation_date: selectingKey(range, (within, given) =>
    belongsToNone(given)
      ? undefined
      : {
          row: { group: withGift, condition: () => dateWithin(donations.donationDate, within) },
        },
  ),

  donation_amount_recommendation: filterKey(yesOrNo, (isRecommended) => {
    const recommended = sql`exists (select 1 from ${contactDonorAccounts}
      join ${donationAmountRecommendations}
        on ${donationAmountRecommendations.donorAccountId} = ${contactDonorAccounts.donorAccountId}
      where ${contactDonorAccounts.contactId} = ${contacts.id}
      and (${donationAmountRecommendations.designationAccountId} is null
        or ${isUsersDesignationAccount(sql`${donationAmountRecommendations.designationAccountId}`)})
      and ${donationAmountRecommendations.suggestedPledgeAmount}
        > ${contacts.pledgeAmount} / nullif(${contacts.pledgeFrequency}, 0))`
    return isRecommended ? recommended : sql`not ${recommended}`
  }),

  designation_account_id: filterKey(ids, (wanted) =>
    withGift(inList(donations.designationAccountId, wanted)),
  ),
}

const aGift = (): SQL => withGift(sql`true`)

/** `donation` = `none` alone takes `donation_date` for its own. */
function belongsToNone(given: GivenValues): boolean {
  const words = new Set(valueOf(given, 'donation', donationWords))
  return words.size === 1 && words.has('none')
}

const allOf = (conditions: readonly (() => SQL)[]) => (): SQL =>
  sql.join(
    conditions.map((condition) => condition()),
    sql` and `,
  )

/** A gift on the first (`min`) or last (`max`) day on which its donor account gave to the user. */
const isEdgeGift = (edge: SQL) => (): SQL =>
  sql`${donations.donationDate} = (select ${edge}(other.donation_date) from ${donations} as other
      where other.donor_account_id = ${contactDonorAccounts.donorAccountId}
      and ${isUsersDesignationAccount(sql`+other.designation_account_id`)})`
