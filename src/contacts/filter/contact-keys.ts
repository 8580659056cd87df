import { sql, type SQL } from 'drizzle-orm'
import { contacts, contactTags } from '../../db/schema/index.ts'
import { filterKey, inList, isEmpty, valueOf, type FilterContext } from './filter-key.ts'
import { lowerCase, lowerCased } from './letter-case.ts'
import { flag, ids, list, searchText, word } from './values.ts'

const ACTIVE_STATUSES = [
  'Never Contacted',
  'Ask in Future',
  'Cultivate Relationship',
  'Contact for Appointment',
  'Appointment Scheduled',
  'Call for Decision',
  'Partner - Financial',
  'Partner - Special',
  'Partner - Pray',
]
const HIDDEN_STATUSES = [
  'Not Interested',
  'Unresponsive',
  'Never Ask',
  'Research Abandoned',
  'Expired Referral',
]

/** The keys about the contact itself. */
export const contactKeys = {
  status: filterKey(list, hasStatus, (statuses) => {
    const others = statuses.filter((status) => !['active', 'null'].includes(status))
    if (others.length < statuses.length) return hasStatus(['hidden', ...others])
    if (!statuses.includes('hidden')) return sql`(${hasStatus(statuses)}) is not true`
    return hasStatus(['null', ...statuses.filter((status) => status !== 'hidden')])
  }),

  ids: filterKey(ids, (wanted) => inList(contacts.id, wanted)),

  not_ids: filterKey(ids, (unwanted) => sql`not ${inList(contacts.id, unwanted)}`),

  name_like: filterKey(searchText, (text) => {
    const start = lowerCase(text)
    return sql`instr(${lowerCased(contacts.name, [start])}, ${start}) = 1`
  }),

  tags: filterKey(list, (tags, context) =>
    anyTags(context) ? hasAnyTag(tags) : sql`not ${lacksATag(tags)}`,
  ),

  exclude_tags: filterKey(list, (tags) => sql`not ${hasAnyTag(tags)}`),

  newsletter: filterKey(
    word('all', 'no_value', 'none', 'address', 'email', 'address_only', 'email_only', 'both'),
    (choice) =>
      choice === 'no_value'
        ? isEmpty(contacts.sendNewsletter)
        : inList(contacts.sendNewsletter, NEWSLETTERS[choice]),
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

function hasStatus(statuses: readonly string[]): SQL {
  const meant = statuses.flatMap((status) => {
    if (status === 'active') return [...ACTIVE_STATUSES, '']
    if (status === 'hidden') return HIDDEN_STATUSES
    return status === 'null' ? [''] : [status]
  })
  return inList(sql`coalesce(${contacts.status}, '')`, meant)
}

const anyTags = ({ given }: FilterContext): boolean => valueOf(given, 'any_tags', flag) ?? false

const ofThisContact = sql`${contactTags.contactId} = ${contacts.id}`

function hasAnyTag(tags: readonly string[]): SQL {
  const wanted = tags.map(lowerCase)
  return sql`exists (select 1 from ${contactTags} where ${ofThisContact} and ${inList(lowerCased(contactTags.name, wanted), wanted)})`
}

function lacksATag(tags: readonly string[]): SQL {
  const wanted = tags.map(lowerCase)
  return sql`exists (select 1 from json_each(${JSON.stringify(wanted)}) as wanted where wanted.value not in (
    select ${lowerCased(contactTags.name, wanted)} from ${contactTags} where ${ofThisContact}))`
}
