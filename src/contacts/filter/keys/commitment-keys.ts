import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { accountLists, contacts, partnerStatusLogs } from '../../../db/schema/index.ts'
import { addDays, addMonths, dayOf, monthNumber, monthStart } from '../values/calendar.ts'
import { inList } from '../../../db/in-list.ts'
import { isEmpty } from './conditions.ts'
import { filterKey, suggestedKey } from './filter-key.ts'
import { countOfGifts, sumOfGifts } from './gift-conditions.ts'
import { daysLate } from '../values/days-late.ts'
import { isNearAny } from './is-near-any.ts'
import { range } from '../values/range.ts'
import { dateWithin } from './within-range.ts'
import { list, numbers, numbersOrNull } from '../values/lists.ts'
import { flag } from '../values/scalars.ts'

/** 3/13 and 6/13 are stored as rounded in more than one way. */
const FREQUENCY_TOLERANCE = 0.0001

const GIFTS_OF_A_GIVER = 3
const MONTHS_OF_A_GIVER = 10

/** The keys about what a contact has committed to, in the order of the page on filters. */
export const commitmentKeys = {
  pledge_received: filterKey(
    { selects: 'whose commitment has been received, or has not', example: true },
    flag,
    (received) => sql`${contacts.pledgeReceived} = ${Number(received)}`,
  ),

  pledge_amount: filterKey(
    { selects: 'that have committed to one of these amounts', example: '50,100.5' },
    numbers,
    (amounts) => inList(contacts.pledgeAmount, amounts),
  ),

  pledge_currency: suggestedKey(
    { text: contacts.pledgeCurrency },
    filterKey(
      {
        selects:
          'that have committed in one of these currencies, by default that of their account list',
        example: 'USD',
      },
      list,
      (currencies) =>
        inList(
          sql`case when ${isEmpty(contacts.pledgeCurrency)} then ${defaultCurrency}
          else ${contacts.pledgeCurrency} end`,
          currencies,
        ),
    ),
  ),

  pledge_frequency: filterKey(
    { selects: 'that give at one of these intervals, in months', example: '1,0.23076923076923' },
    numbersOrNull,
    (frequencies) => isNearAny(contacts.pledgeFrequency, frequencies, FREQUENCY_TOLERANCE),
  ),

  pledge_late_by: filterKey(
    {
      selects: 'that are financial partners whose gift is late by this many days',
      example: '30_60',
    },
    daysLate,
    ({ minimum, maximum }, { today }) => {
      const last = addDays(today, -minimum)
      const first = maximum === undefined ? undefined : addDays(today, -maximum)
      return sql`${contacts.status} = 'Partner - Financial'
        and ${dateWithin(contacts.lateAt, { first, last })}`
    },
  ),

  started_giving_range: filterKey(
    {
      selects: 'that have a commitment and gave for the first time in this period',
      example: '2022-01-01..2022-03-31',
    },
    range,
    (within) =>
      sql`${contacts.pledgeAmount} > 0 and ${dateWithin(contacts.firstDonationDate, within)}`,
  ),

  stopped_giving_range: filterKey(
    {
      selects: 'that gave regularly and gave for the last time in this period',
      example: '2022-01-01..2022-03-31',
    },
    range,
    (within) => {
      const last = dayOf(within.last)
      const first = last && addMonths(last, -MONTHS_OF_A_GIVER)
      return sql`${dateWithin(contacts.lastDonationDate, within)}
        and ${countOfGifts({ first, last })} >= ${GIFTS_OF_A_GIVER}`
    },
    (within, today) => {
      const latest = addDays(addMonths(today, -1), 1)
      const last = dayOf(within.last)
      return last !== undefined && last <= latest ? undefined : `must end on ${latest} or before`
    },
  ),

  gave_more_than_pledged_range: filterKey(
    {
      selects: 'that gave more in this period than they had committed to',
      example: '2022-01-01..2022-03-31',
    },
    range,
    ({ first, last }) => {
      // Both ends are there: a range without one is refused.
      if (first === undefined || last === undefined || first > last) return sql`false`
      const firstMonth = monthStart(first)
      const lastMonth = monthStart(last)
      const months = monthNumber(lastMonth) - monthNumber(firstMonth) + 1
      const days = { first: firstMonth, last: addDays(monthStart(lastMonth, 1), -1) }
      const divisor = sql`max(1, case when ${contacts.lastDonationDate} >= ${lastMonth}
        then ${months} else ${months - 1} end)`
      return sql`${sumOfGifts(days)} / ${divisor}
        > ${monthly(contacts.pledgeAmount, contacts.pledgeFrequency)}`
    },
    ({ first, last }) =>
      first === undefined || last === undefined ? 'must have a start and an end' : undefined,
  ),

  pledge_amount_increased_range: filterKey(
    {
      selects: 'whose commitment is higher than it ever was in this period',
      example: { start: '2022-01-01' },
    },
    range,
    (within) => sql`(
      select max(${monthly(partnerStatusLogs.pledgeAmount, partnerStatusLogs.pledgeFrequency)})
      from ${partnerStatusLogs} where ${partnerStatusLogs.contactId} = ${contacts.id}
      and ${dateWithin(partnerStatusLogs.recordedOn, within)}
    ) < ${monthly(contacts.pledgeAmount, contacts.pledgeFrequency)}`,
  ),
}

const defaultCurrency = sql`(
  select case when ${isEmpty(accountLists.defaultCurrency)} then 'USD'
    else ${accountLists.defaultCurrency} end
  from ${accountLists} where ${accountLists.id} = ${contacts.accountListId})`

/** A commitment by the month: a missing amount is 0, a missing or zero frequency 1. */
const monthly = (amount: SQLWrapper, frequency: SQLWrapper): SQL =>
  sql`coalesce(${amount}, 0) / coalesce(nullif(${frequency}, 0), 1.0)`
