import { answered, type SuggestedKey } from '../api.ts'
import { filterControl } from './filter-controls.ts'
import type { Session } from '../session.ts'

/** A value that contacts have, and how many of those that the user may read. */
export type FilterValue = { readonly value: string; readonly count: number }

/** The values of a key that contain a text, those of most contacts first. */
export async function filterValues(
  { api }: Session,
  key: string,
  q: string,
  signal: AbortSignal,
): Promise<readonly FilterValue[]> {
  if (!isSuggestedKey(key)) return []
  const query = { key, ...(q !== '' && { q }) }
  const { data } = answered(
    await api.GET('/api/v2/contacts/filter_values', { params: { query }, signal }),
  )
  return data.map(({ attributes: { value, contacts } }) => ({ value, count: contacts }))
}

const isSuggestedKey = (key: string): key is SuggestedKey =>
  filterControl(key)?.isSuggested ?? false
