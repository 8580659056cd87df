import type { FilterValues } from '../contacts/reading/filter-values.ts'

/** A JSON:API document of values. The id of a value is the value itself. */
export const filterValuesDocument = ({ values, hasMore, isComplete }: FilterValues) => ({
  data: values.map(({ value, contacts }) => ({
    id: value,
    type: 'filter_values',
    attributes: { contacts, value },
  })),
  meta: { complete: isComplete, has_more: hasMore },
})
