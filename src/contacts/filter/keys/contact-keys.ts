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
import { inListOrEmpty, inScope, isEmpty } from './conditions.ts'
import {
  filterKey,
  searchKey,
  selectingKey,
  suggestedKey,
  type StoredValues,
} from './filter-key.ts'
import { ACTIVE_STATUSES, HIDDEN_STATUSES } from './statuses.ts'
import { inList } from '../../../db/in-list.ts'
import { lowerCase } from '../values/lower-case.ts'
import { lowerCased } from './lower-case-sql.ts'
import { snakeCaseObject } from '../values/snake-case-object.ts'
import { range } from '../values/range.ts'
import { timeWithin } from './within-range.ts'
import { ids, list, listWith, wordList } from '../values/lists.ts'
import { searchText, searchTextOfWords, tagList } from '../values/search-text.ts'
import { contains, isOneOf, startsWith } from './text-search.ts'
import { flag, word } from '../values/scalars.ts'
import { foundAnywhere } from './wildcard-search.ts'

const NOTES =
  'must be {"wildcard_note_search": "a text"}, or the text itself, of at most 200 characters'

const storedTags: StoredValues = {
  text: contactTags.name,
  join: sql`cross join ${contactTags} on ${contactTags.contactId} = ${contacts.id}`,
  ignoresCase: true,
}

/** The keys about the contact itself, in the order of the page on filters. */
export const contactKeys = {
  status: suggestedKey(
    { text: contacts.status },
    selectingKey(
      {
        selects:
          'that have one of these statuses; `active`, `hidden` and `null` mean several, or none',
        example: 'active,Never Ask',
        values: ['active', 'hidden', 'null', ...ACTIVE_STATUSES, ...HIDDEN_STATUSES],
      },
      listWith('active', 'hidden', 'null'),
      (statuses) => ({
        contact: hasStatus(statuses),
        reversed: hasStatusReversed(statuses),
      }),
    ),
  ),

  status_valid: filterKey(
    { selects: 'whose status is marked as valid, or is not', example: false },
    flag,
    (valid) => sql`${contacts.statusValid} = ${Number(valid)}`,
  ),

  ids: filterKey(
    { selects: 'whose id is in the list', example: ['a0000000-0000-4000-8000-000000000001'] },
    ids,
    (wanted) => inList(contacts.id, wanted),
  ),

  not_ids: filterKey(
    { selects: 'whose id is not in the list', example: ['a0000000-0000-4000-8000-000000000001'] },
    ids,
    (unwanted) => sql`not ${inList(contacts.id, unwanted)}`,
  ),

  name_like: searchKey(
    { selects: 'whose name starts with the text', example: 'smi' },
    searchText,
    (text) => startsWith(contacts.name, text),
  ),

  wildcard_search: searchKey(
    {
      selects:
        'that have the text in a name, e-mail address, telephone number or donor account number',
      example: 'john smith',
    },
    searchTextOfWords,
    foundAnywhere,
  ),

  notes: searchKey(
    { selects: 'whose notes contain the text', example: { wildcard_note_search: 'camp' } },
    z
      .union([snakeCaseObject({ wildcard_note_search: searchText }, NOTES), searchText], {
        error: NOTES,
      })
      .transform((notes) => (typeof notes === 'object' ? notes.wildcard_note_search : notes)),
    (text) => contains(contacts.notes, text),
  ),

  tags: suggestedKey(
    storedTags,
    selectingKey(
      { selects: 'that have all of the tags', example: 'a,"b, c"' },
      tagList,
      (tags, { others }) => ({
        contact: others.any_tags ? hasAnyTag(tags) : hasAllTags(tags),
      }),
    ),
  ),

  exclude_tags: suggestedKey(
    storedTags,
    filterKey(
      { selects: 'that have none of the tags', example: ['a', 'b, c'] },
      tagList,
      (tags) => sql`not ${hasAnyTag(tags)}`,
    ),
  ),

  likely: suggestedKey(
    { text: contacts.likelyToGive },
    filterKey(
      { selects: 'that are this likely to give; `none` means no value', example: 'none,Likely' },
      listWith('none'),
      (words) => inListOrEmpty(contacts.likelyToGive, words, 'none'),
    ),
  ),

  church: suggestedKey(
    { text: contacts.churchName },
    filterKey(
      {
        selects: 'that attend one of these churches; `none` means no value',
        example: 'none,Grace Chapel',
      },
      listWith('none'),
      (names) => inListOrEmpty(contacts.churchName, names, 'none'),
    ),
  ),

  locale: suggestedKey(
    { text: contacts.locale },
    filterKey(
      { selects: 'that have one of these locales; `null` means no value', example: 'en,null' },
      listWith('null'),
      (locales) => inListOrEmpty(contacts.locale, locales, 'null'),
    ),
  ),

  timezone: suggestedKey(
    { text: contacts.timezone },
    filterKey(
      { selects: 'that live in one of these time zones', example: 'UTC' },
      list,
      (timezones) => inList(contacts.timezone, timezones),
    ),
  ),

  referrer: filterKey(
    {
      selects:
        'that were referred by one of these contacts, by any contact (`any`), or by none ' +
        '(`none`)',
      example: 'any',
      values: ['any', 'none'],
    },
    ids,
    (referrers) => {
      const conditions = [
        referrers.includes('any') ? isReferred(sql`true`) : sql`false`,
        referrers.includes('none') ? sql`not ${isReferred(sql`true`)}` : sql`false`,
        isReferred(inList(contactReferrals.referredById, referrers)),
      ]
      return sql.join(conditions, sql` or `)
    },
  ),

  contact_type: filterKey(
    { selects: 'that are persons or companies, by their donor accounts', example: 'person' },
    wordList('person', 'company'),
    (types) =>
      sql.join(
        types.map((type) => CONTACT_TYPES[type]),
        sql` or `,
      ),
  ),

  newsletter: filterKey(
    { selects: 'that receive the newsletter in this way', example: 'address' },
    word('all', 'no_value', 'none', 'address', 'email', 'address_only', 'email_only', 'both'),
    (choice) =>
      choice === 'no_value'
        ? isEmpty(contacts.sendNewsletter)
        : inList(contacts.sendNewsletter, NEWSLETTERS[choice]),
  ),

  updated_at: filterKey(
    { selects: 'that were updated in this period', example: '2022-01-01..2022-01-31' },
    range,
    (within) => timeWithin(contacts.updatedAt, within),
  ),
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

/**
 * A contact with a referral that satisfies a condition, by a contact of the account lists in scope.
 */
const isReferred = (condition: SQL): SQL =>
  sql`exists (select 1 from ${contactReferrals}
    join ${contacts} as referrer on referrer.id = ${contactReferrals.referredById}
    where ${contactReferrals.referredToId} = ${contacts.id} and ${condition}
    and +referrer.account_list_id in ${inScope})`

const hasDonorAccount = (condition: SQL): SQL =>
  sql`exists (select 1 from ${contactDonorAccounts}
    where ${contactDonorAccounts.contactId} = ${contacts.id} and ${condition})`

/** Companies are few, and stand in an index of their own. */
const ofCompany = sql`exists (select 1 from ${donorAccounts} indexed by donor_accounts_of_companies
  where ${donorAccounts.id} = ${contactDonorAccounts.donorAccountId}
  and ${donorAccounts.masterCompanyId} <> '')`

const CONTACT_TYPES = {
  company: hasDonorAccount(ofCompany),
  person: sql`not ${hasDonorAccount(sql`true`)} or ${hasDonorAccount(sql`not ${ofCompany}`)}`,
}
