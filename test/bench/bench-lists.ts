import { fileFormats } from '../../src/formats/file-formats.ts'
import type { BenchList } from './fill.ts'

/** The extensions of the formats for tables. Labels have a bench of their own. */
export const TABLE_FORMATS = fileFormats.flatMap(({ layout, extension }) =>
  layout === 'table' ? [extension] : [],
)

/** An account list of a user. The filter `{}` selects four in five of its contacts. */
export const listOf = (
  number: number,
  selected: number,
  userId = `user of ${selected}`,
): BenchList => ({
  accountListId: `a0000000-0000-4000-8000-00000000000${number}`,
  userId,
  contacts: (selected * 5) / 4,
  offset: number * 100_000_000,
})
