import type { Filter } from '../contacts/filter/filter.ts'
import { depthOf } from '../contacts/filter/values/json-values.ts'
import { problemsOf } from '../export-logs/document-problems.ts'
import { parsedBody } from '../export-logs/parsed-body.ts'
import { badRequest, conflict } from '../http/errors.ts'
import type { SavedFilterChoices } from './saved-filter.ts'
import {
  savedFilterAttributes,
  savedFilterRequestSchema,
  savedFilterValue,
} from './saved-filter-schema.ts'

/** What a client asks for: its choices as they are stored, those that it gives. */
export type SavedFilterRequest = {
  readonly id: string | undefined
  readonly choices: Partial<SavedFilterChoices>
  /** The account lists that the given filter names. */
  readonly accountListIds: Filter['accountListIds']
}

/** A filter may be nested 64 levels deep, in the attributes, the data and the document. */
const DOCUMENT_DEPTH = 67

const ATTRIBUTES = 'The attributes are name, filter, columns, sort and format.'

/**
 * Reads the body of a `POST` or a `PATCH` (JSON:API 1.1).
 *
 * @param today the UTC day, `2022-01-12`
 * @throws HttpError 400 for an invalid document, 409 for a wrong type
 */
export function readSavedFilterRequest(body: ArrayBuffer, today: string): SavedFilterRequest {
  const document = parsedBody(body)
  const schema = savedFilterRequestSchema(savedFilterAttributes(savedFilterValue(today)))
  const { data, error } = schema.safeParse(document)
  if (error) throw badRequest(...error.issues.flatMap((issue) => problemsOf(issue, ATTRIBUTES)))
  if (depthOf(document) > DOCUMENT_DEPTH) {
    throw badRequest({ detail: `The body must not be nested deeper than ${DOCUMENT_DEPTH}.` })
  }
  const { type, id, attributes = {} } = data.data
  if (type !== 'saved_filters') {
    const detail = "The type must be 'saved_filters'."
    throw conflict({ detail, source: { pointer: '/data/type' } })
  }
  const { name, filter, columns, sort, format } = attributes
  return {
    id,
    choices: {
      ...(name !== undefined && { name }),
      ...(filter !== undefined && { filter: JSON.stringify(filter.sent) }),
      ...(columns !== undefined && { columns: columns && JSON.stringify(columns) }),
      ...(sort !== undefined && { sort }),
      ...(format !== undefined && { format }),
    },
    accountListIds: filter?.filter.accountListIds,
  }
}
