import { sql, type SQL } from 'drizzle-orm'
import {
  contactDonorAccounts,
  contacts,
  donationAmountRecommendations,
  donations,
} from '../../../db/schema/index.ts'
import { inList } from '../../../db/in-list.ts'
import { filterKey, rowKey, selectingKey } from './filter-key.ts'
import { isUsersDesignationAccount, withGift } from './gift-conditions.ts'
import { amountRange } from '../values/amount-range.ts'
import { range } from '../values/range.ts'
import { dateWithin } from './within-range.ts'
import { ids, numbers, wordList } from '../values/lists.ts'
import { yesOrNo } from '../values/scalars.ts'

const donationWords = wordList('none', 'one', 'first', 'last')

/** The keys about gifts, in the order of the page on filters. */
export const giftKeys = {
  donation: selectingKey(
    {
      selects:
        'that have given nothing (`none`), at least once (`one`), for the first time (`first`) ' +
        'or the last time (`last`)',
      example: 'first,last',
    },
    donationWords,
    (words, { others: { donation_date: within } }) => {
      const inPeriod = within ? dateWithin(donations.donationDate, within) : sql`true`
      const noGift = sql`not ${withGift(inPeriod)}`
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
    },
  ),

  donation_amount: rowKey(
    { selects: 'that have given one of these amounts', example: '50,100' },
    withGift,
    numbers,
    (amounts) => inList(donations.amount, amounts),
  ),

  donation_amount_range: rowKey(
    { selects: 'that have given an amount in this range', example: { min: '$1,000', max: 5000 } },
    withGift,
    amountRange,
    ({ min, max }) => {
      if (min === undefined) return sql`${donations.amount} <= ${max}`
      return max === undefined
        ? sql`${donations.amount} >= ${min}`
        : sql`${donations.amount} between ${min} and ${max}`
    },
  ),

  donation_date: selectingKey(
    { selects: 'that have given in this period', example: '2022-01-12' },
    range,
    (within, { others }) =>
      isNoneAlone(others.donation)
        ? undefined
        : {
            row: { group: withGift, condition: dateWithin(donations.donationDate, within) },
          },
  ),

  donation_amount_recommendation: filterKey(
    { selects: 'for whom a higher commitment is recommended, or is not', example: 'Yes' },
    yesOrNo,
    (isRecommended) => {
      const recommended = sql`exists (select 1 from ${contactDonorAccounts}
      join ${donationAmountRecommendations}
        on ${donationAmountRecommendations.donorAccountId} = ${contactDonorAccounts.donorAccountId}
      where ${contactDonorAccounts.contactId} = ${contacts.id}
      and (${donationAmountRecommendations.designationAccountId} is null
        or ${isUsersDesignationAccount(sql`${donationAmountRecommendations.designationAccountId}`)})
      and ${donationAmountRecommendations.suggestedPledgeAmount}
        > ${contacts.pledgeAmount} / nullif(${contacts.pledgeFrequency}, 0))`
      return isRecommended ? recommended : sql`not ${recommended}`
    },
  ),

  designation_account_id: filterKey(
    {
      selects: 'that have given to one of these designation accounts',
      example: ['a0000000-0000-4000-8000-000000000001'],
    },
    ids,
    (wanted) => withGift(inList(donations.designationAccountId, wanted)),
  ),
}

const aGift = withGift(sql`true`)

/** `donation` = `none` alone takes `donation_date` for its own. */
const isNoneAlone = (words: readonly string[] | undefined): boolean =>
  words?.length === 1 && words[0] === 'none'

const allOf = (conditions: readonly SQL[]): SQL => sql.join([...conditions], sql` and `)

/** A gift on the first (`min`) or last (`max`) day on which its donor account gave to the user. */
const isEdgeGift = (edge: SQL): SQL =>
  sql`${donations.donationDate} = (select ${edge}(other.donation_date) from ${donations} as other
      where other.donor_account_id = ${contactDonorAccounts.donorAccountId}
      and ${isUsersDesignationAccount(sql`+other.designation_account_id`)})`
