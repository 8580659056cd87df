import createClient from 'openapi-fetch'
import type { components } from '../../build/api.ts'
import type { PendingPaths, PendingSchemas } from './pending-paths.ts'
import { textOf } from './text-of.ts'
import { Refusal } from './page/refusal.ts'

export type ExportLog = components['schemas']['ExportLog']
export type KeptFile = components['schemas']['KeptFile']
export type SavedFilter = PendingSchemas['SavedFilter']
export type SyncRun = components['schemas']['SyncRun']

/** The public interface of the service, in the types of its description, for one caller. */
export type Api = ReturnType<typeof createClient<PendingPaths>>

/**
 * @param token returns the token that a request is sent with
 * @param signal aborts every request that is under way, and refuses later ones
 */
export const apiFor = (token: () => string, signal: AbortSignal): Api =>
  createClient<PendingPaths>({
    baseUrl: location.origin,
    querySerializer,
    fetch: (request) => {
      request.headers.set('Authorization', `Bearer ${token()}`)
      return fetch(request, { signal: AbortSignal.any([request.signal, signal]) })
    },
  })

/** An object, such as a filter, is sent as JSON: its lists may hold any text. */
const querySerializer = (query: Readonly<Record<string, unknown>>): string =>
  new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : textOf(value),
      ]),
  ).toString()

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
