import { sql, type SQL } from 'drizzle-orm'
import * as z from 'zod'
import {
  contactDonorAccounts,
  contactReferrals,
  contacts,
  contactTags,
  donorAccounts,
} from '../../../db/schema/index.ts'
import { hasStatus, hasStatusReversed } from './contact-status.ts'
import {
  filterKey,
  inList,
  inListOrEmpty,
  inScope,
  isEmpty,
  selectingKey,
  valueOf,
  type GivenValues,
} from './filter-key.ts'
import { lowerCase, lowerCased } from './letter-case.ts'
import { members } from '../values/members.ts'
import { range, timeWithin } from '../values/range.ts'
import { ids, list, listWith, wordList } from '../values/lists.ts'
import { searchText, searchTextOfWords, tagList } from '../values/search-text.ts'
import { contains, isOneOf, startsWith } from './text-search.ts'
import { flag, word } from '../values/values.ts'
import { foundAnywhere } from './wildcard-search.ts'

const NOTES =
  'must be {"wildcard_note_search": "a text"}, or the text itself, of at most 200 characters'

/** The keys about the contact itself, in the order of the page on filters. */
export const contactKeys = {
  status: selectingKey(listWith('active', 'hidden', 'null'), (statuses) => ({
    contact: () => hasStatus(statuses),
    reversed: () => hasStatusReversed(statuses),
  })),

  status_valid: filterKey(flag, (valid) => sql`${contacts.statusValid} = ${Number(valid)}`),

  ids: filterKey(ids, (wanted) => inList(contacts.id, wanted)),

  not_ids: filterKey(ids, (unwanted) => sql`not ${inList(contacts.id, unwanted)}`),

  name_like: filterKey(searchText, (text) => startsWith(contacts.name, text)),

  wildcard_search: filterKey(searchTextOfWords, foundAnywhere),

  notes: filterKey(
    z
      .union([members({ wildcard_note_search: searchText }, NOTES), searchText], { error: NOTES })
      .transform((notes) => (typeof notes === 'object' ? notes.wildcard_note_search : notes)),
    (text) => contains(contacts.notes, text),
  ),

  tags: selectingKey(tagList, (tags, given) => ({
    contact: () => (anyTags(given) ? hasAnyTag(tags) : hasAllTags(tags)),
  })),

  exclude_tags: filterKey(tagList, (tags) => sql`not ${hasAnyTag(tags)}`),

  likely: filterKey(listWith('none'), (words) =>
    inListOrEmpty(contacts.likelyToGive, words, 'none'),
  ),

  church: filterKey(listWith('none'), (names) => inListOrEmpty(contacts.churchName, names, 'none')),

  locale: filterKey(listWith('null'), (locales) => inListOrEmpty(contacts.locale, locales, 'null')),

  timezone: filterKey(list, (timezones) => inList(contacts.timezone, timezones)),

  referrer: filterKey(ids, (referrers) => {
    const conditions = [
      referrers.includes('any') ? isReferred(sql`true`) : sql`false`,
      referrers.includes('none') ? sql`not ${isReferred(sql`true`)}` : sql`false`,
      isReferred(inList(contactReferrals.referredById, referrers)),
    ]
    return sql.join(conditions, sql` or `)
  }),

  contact_type: filterKey(wordList('person', 'company'), (types) =>
    sql.join(
      types.map((type) => CONTACT_TYPES[type]),
      sql` or `,
    ),
  ),

  newsletter: filterKey(
    word('all', 'no_value', 'none', 'address', 'email', 'address_only', 'email_only', 'both'),
    (choice) =>
      choice === 'no_value'
        ? isEmpty(contacts.sendNewsletter)
        : inList(contacts.sendNewsletter, NEWSLETTERS[choice]),
  ),

  updated_at: filterKey(range, (within) => timeWithin(contacts.updatedAt, within)),
}

/** Which values of `send_newsletter` a word of the filter means. */
const NEWSLETTERS = {
  all: ['Physical', 'Email', 'Both'],
  none: ['None'],
  address: ['Physical', 'Both'],
  email: ['Email', 'Both'],
  address_only: ['Physical'],
  email_only: ['Email'],
  both: ['Both'],
} as const

const anyTags = (given: GivenValues): boolean => valueOf(given, 'any_tags', flag) ?? false

const ofThisContact = sql`${contactTags.contactId} = ${contacts.id}`

function hasAnyTag(tags: readonly string[]): SQL {
  const { isWanted } = foldedTags(tags)
  return sql`exists (select 1 from ${contactTags} where ${ofThisContact} and ${isWanted})`
}

function hasAllTags(tags: readonly string[]): SQL {
  const { name, isWanted, count } = foldedTags(tags)
  return sql`(select count(distinct ${name}) from ${contactTags}
    where ${ofThisContact} and ${isWanted}) = ${count}`
}

/** A contact may have one tag in several cases, and a filter may name it so. */
function foldedTags(tags: readonly string[]) {
  const wanted = [...new Set(tags.map(lowerCase))]
  const name = lowerCased(contactTags.name, wanted)
  return { name, isWanted: isOneOf(contactTags.name, wanted), count: wanted.length }
}

/** A contact with a referral that satisfies a condition, by a contact of the account lists in scope. */
const isReferred = (condition: SQL): SQL =>
  sql`exists (select 1 from ${contactReferrals}
    join ${contacts} as referrer indexed by contacts_in_files on referrer.id = ${contactReferrals.referredById}
    where ${contactReferrals.referredToId} = ${contacts.id} and ${condition}
    and +referrer.account_list_id in ${inScope})`

const hasDonorAccount = (condition: SQL): SQL =>
  sql`exists (select 1 from ${contactDonorAccounts}
    where ${contactDonorAccounts.contactId} = ${contacts.id} and ${condition})`

/** Companies are few, and stand in an index of their own. */
const ofCompany = sql`exists (select 1 from ${donorAccounts} indexed by donor_accounts_of_companies
  where ${donorAccounts.id} = ${contactDonorAccounts.donorAccountId} and ${donorAccounts.masterCompanyId} <> '')`

const CONTACT_TYPES = {
  company: hasDonorAccount(ofCompany),
  person: sql`not ${hasDonorAccount(sql`true`)} or ${hasDonorAccount(sql`not ${ofCompany}`)}`,
}
