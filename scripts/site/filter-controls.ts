import * as z from 'zod'
import { COMMITMENT_FREQUENCIES } from '../../src/contacts/commitment-frequency.ts'
import { commitmentKeys } from '../../src/contacts/filter/keys/commitment-keys.ts'
import { contactKeys } from '../../src/contacts/filter/keys/contact-keys.ts'
import { giftKeys } from '../../src/contacts/filter/keys/gift-keys.ts'
import {
  filterKeyNames,
  keyDescriptions,
  storedValuesByKey,
} from '../../src/contacts/filter/keys/keys.ts'
import { addressKeys } from '../../src/contacts/filter/keys/address-keys.ts'
import { contactInfoKeys } from '../../src/contacts/filter/keys/contact-info-keys.ts'
import { taskAndAppealKeys } from '../../src/contacts/filter/keys/task-and-appeal-keys.ts'
import { openApiDocument } from '../../openapi/document.ts'
import type { FilterControl, ValueKind } from '../../site/console/filter/filter-controls.ts'

/** The groups of the documents, in their order. A key of none of them comes under `other`. */
const GROUPS: Readonly<Record<string, object>> = {
  contact: contactKeys,
  place: addressKeys,
  reach: contactInfoKeys,
  commitment: commitmentKeys,
  gifts: giftKeys,
  tasks: taskAndAppealKeys,
}

/** What the value of a key is, by the schema that the OpenAPI document refers to. */
const KINDS: Readonly<Record<string, ValueKind>> = {
  Flag: 'flag',
  Ids: 'ids',
  List: 'list',
  Numbers: 'numbers',
  Range: 'dates',
  Tags: 'list',
  YesOrNo: 'yesNo',
}

/** A list of any items in which some words mean something says so in its description. */
const WORD_IN_LIST = /`(none|null)` means no value/

const schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  anyOf: z
    .array(
      z.looseObject({
        type: z.unknown(),
        items: z.looseObject({ enum: z.array(z.string()).optional() }).optional(),
        properties: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
})

type KeySchema = z.output<typeof schema>

/** A control of the console for every key of the filter, from the lists that the API reads by. */
export function filterControls(): readonly FilterControl[] {
  const properties = z
    .record(z.string(), schema)
    .parse(openApiDocument().components.schemas.Filter.properties)
  return filterKeyNames.map((key) => {
    const property = properties[key] ?? {}
    const { selects, values } = keyDescriptions[key] ?? { selects: key }
    const kind = key === 'pledge_frequency' ? 'words' : kindOf(property, values !== undefined)
    return {
      key,
      group: groupOf(key),
      selects: selects.replaceAll('`', ''),
      kind,
      words: wordsFor(key, property, selects, values),
      isReversible: Object.hasOwn(properties, `reverse_${key}`),
      isSuggested: storedValuesByKey.has(key),
    }
  })
}

const groupOf = (key: string): string =>
  Object.keys(GROUPS).find((group) => Object.hasOwn(GROUPS[group] ?? {}, key)) ?? 'other'

function kindOf({ $ref, enum: words, anyOf, type }: KeySchema, hasWords: boolean): ValueKind {
  const kind = KINDS[$ref?.replace(/.*\//, '') ?? '']
  if (kind === 'ids' || kind === undefined) {
    if (words) return 'word'
    if (anyOf?.some(({ items }) => items?.enum)) return 'words'
    if (anyOf?.some(({ type: one }) => one === 'integer')) return 'days'
    if (kind === 'ids') return 'ids'
    if (anyOf?.some(({ type: one }) => one === 'array')) return hasWords ? 'words' : 'list'
    return type === 'object' ? 'amounts' : 'text'
  }
  return kind
}

function wordsFor(
  key: string,
  property: KeySchema,
  selects: string,
  values: readonly string[] | undefined,
): readonly string[] {
  if (key === 'pledge_frequency') return COMMITMENT_FREQUENCIES.map(([months]) => String(months))
  const [, word] = WORD_IN_LIST.exec(selects) ?? []
  const ofItems = property.anyOf?.find(({ items }) => items?.enum)?.items?.enum
  const found = values ?? property.enum ?? ofItems ?? (word === undefined ? [] : [word])
  return found.filter((one) => !(key === 'primary_address' && one === 'null'))
}
