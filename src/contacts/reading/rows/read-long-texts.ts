import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { contactTags } from '../../../db/schema/index.ts'
import { readDespiteFaults, type Faults } from './read-despite-faults.ts'
import { TAGS_COLUMN, textColumns, type TextMark } from './text-marks.ts'

/** A text to read, and the most bytes to read of it. */
export type LongText = TextMark & { readonly most: number }

/** Separates the tags in one text. It is a control character, which no cell shows. */
export const TAG_SEPARATOR = '\u001f'

/** D1 takes at most 2 MB as a value. Only the tags of a contact may have more together. */
export const TEXT_BYTES = 2_000_000

/** What is read of one of many tags, in bytes. */
const TAG_BYTES = 1_000_000

/** Identifies a text. */
export const textKey = ({ column, rowId }: TextMark): string => `${column} ${rowId}`

/**
 * Reads long texts, by their keys, without those that have been deleted. One that cannot be read is
 * left out as well.
 *
 * @param failed called with texts that cannot be read
 */
export const readLongTexts = (
  database: Database,
  texts: readonly LongText[],
  faults: Faults,
  failed: (texts: readonly LongText[], error: unknown) => void,
): Promise<ReadonlyMap<string, string>> =>
  readDespiteFaults(
    texts,
    [
      { read: (some) => readTexts(database, some), faults },
      { read: async () => new Map<string, string>(), faults },
    ],
    failed,
  )

async function readTexts(
  database: Database,
  texts: readonly LongText[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = texts.map(({ column, rowId, most }) => [column, rowId, most])
  const found = await database.values<[place: number, text: string | null]>(sql`
    select place, ${cut(sql`text`, sql`most`)} as text from (
      select page.key as place, page.value ->> 2 as most,
        case page.value ->> 0 ${sql.join(cases, sql` `)} end as text
      from json_each(${JSON.stringify(wanted)}) as page limit -1 offset 0)`)
  const read = new Map<string, string>()
  for (const [place, text] of found) {
    const wantedText = texts[place]
    if (!wantedText || text === null) continue
    const isCut = wantedText.bytes > wantedText.most
    read.set(textKey(wantedText), isCut ? withoutBrokenEnd(text) : text)
  }
  return read
}

/** Part of a character at the end is read as up to three replacement characters. */
const withoutBrokenEnd = (text: string): string => text.replace(/\ufffd{1,3}$/, '')

const cut = (text: SQL, most: SQL): SQL => sql`iif(octet_length(${text}) > ${most},
  cast(substr(cast(${text} as blob), 1, ${most}) as text), ${text})`

const separator = sql.raw(`char(${TAG_SEPARATOR.charCodeAt(0)})`)

const tag = cut(sql`${contactTags.name}`, sql.raw(String(TAG_BYTES)))

/** The tags in their order, as many as have room together. */
const tags = sql`
  select group_concat(name, ${separator}) from (
    select name from (
      select name, place,
        sum(octet_length(name) + 1) over (order by place rows unbounded preceding) as bytes
      from (
        select replace(${tag}, ${separator}, '') as name, ${contactTags.name} as place
        from ${contactTags} where ${contactTags.contactId} = page.value ->> 1))
    where bytes <= ${sql.raw(String(TEXT_BYTES))} order by place)`

const cases: SQL[] = [
  ...textColumns.map(
    ([text, id], index) => sql`when ${sql.raw(String(index))} then (
      select ${text} from ${text.table} where ${id} = page.value ->> 1)`,
  ),
  sql`when ${sql.raw(String(TAGS_COLUMN))} then (${tags})`,
]
