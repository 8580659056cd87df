import createClient from 'openapi-fetch'
import type { components, paths } from '../../build/api.ts'
import { textOf } from './text-of.ts'
import { Refusal } from './page/refusal.ts'

export type ExportLog = components['schemas']['ExportLog']
export type KeptFile = components['schemas']['KeptFile']
export type SavedFilter = components['schemas']['SavedFilter']
export type SyncRun = components['schemas']['SyncRun']

type Preview = NonNullable<paths['/api/v2/contacts/exports/preview']['get']['parameters']['query']>

export type ColumnKey = NonNullable<Preview['columns']>[number]
export type FormatName = NonNullable<
  NonNullable<components['schemas']['SavedFilterRequest']['data']['attributes']>['format']
>
export type SortName = NonNullable<Preview['sort']>
export type SuggestedKey =
  paths['/api/v2/contacts/filter_values']['get']['parameters']['query']['key']

/** The public interface of the service, in the types of its description, for one caller. */
export type Api = ReturnType<typeof createClient<paths>>

/**
 * @param token returns the token that a request is sent with
 * @param signal aborts every request that is under way, and refuses later ones
 */
export const apiFor = (token: () => string, signal: AbortSignal): Api =>
  createClient<paths>({
    baseUrl: location.origin,
    querySerializer,
    fetch: (request) => {
      request.headers.set('Authorization', `Bearer ${token()}`)
      return fetch(request, { signal: AbortSignal.any([request.signal, signal]) })
    },
  })

/** An object, such as a filter, is sent as JSON: its lists may hold any text. Keys need no quotes. */
const querySerializer = (query: Readonly<Record<string, unknown>>): string =>
  new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, parameterText(value)]),
  ).toString()

function parameterText(value: unknown): string {
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'object' ? JSON.stringify(value) : textOf(value)
}

/**
 * The document of a successful response.
 *
 * @throws Refusal for any other response
 */
export function answered<Data>({
  data,
  error,
  response,
}: {
  readonly data?: Data | undefined
  readonly error?: unknown
  readonly response: Response
}): Data {
  if (response.ok && data !== undefined) return data
  throw Refusal.of(response.status, error)
}
