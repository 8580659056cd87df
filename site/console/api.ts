import createClient from 'openapi-fetch'
import type { components, paths } from '../../build/api.ts'
import { Refusal } from './refusal.ts'

export type Filter = components['schemas']['Filter']
export type ExportLog = components['schemas']['ExportLog']
export type Preview = components['schemas']['PreviewDocument']
export type KeptFile = components['schemas']['KeptFile']

export type Kind = 'contacts' | 'mailing'

/** The public interface of the service, in the types of its description, for one caller. */
export type Api = ReturnType<typeof createClient<paths>>

/**
 * @param token returns the token that a request is sent with
 * @param signal aborts every request that is under way, and refuses later ones
 */
export const apiFor = (token: () => string, signal: AbortSignal): Api =>
  createClient<paths>({
    baseUrl: location.origin,
    fetch: (request) => {
      request.headers.set('Authorization', `Bearer ${token()}`)
      return fetch(request, { signal: AbortSignal.any([request.signal, signal]) })
    },
  })

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
