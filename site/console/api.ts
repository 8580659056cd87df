import createClient from 'openapi-fetch'
import type { components, paths } from '../../build/api.ts'

export type Filter = components['schemas']['Filter']
export type ExportLog = components['schemas']['ExportLog']
export type Preview = components['schemas']['PreviewDocument']
export type KeptFile = components['schemas']['KeptFile']

export type Kind = 'contacts' | 'mailing'
export type Format = 'csv' | 'xlsx'

/** The service as one caller sees it: nothing but the public interface, in the types of its description. */
export type Api = ReturnType<typeof createClient<paths>>

export const apiFor = (token: string): Api =>
  createClient<paths>({
    baseUrl: location.origin,
    headers: { Authorization: `Bearer ${token}` },
  })

/** What the service did not do, and what would be right, in its own words. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, document: components['schemas']['ErrorDocument'] | undefined) {
    super(
      document?.errors?.map(({ detail }) => detail).join(' ') ??
        `The service answered with ${status}. Try again in a minute.`,
    )
    this.status = status
  }
}

/** The answer, if it is one. */
export function answered<Data>({
  data,
  error,
  response,
}: {
  readonly data?: Data | undefined
  readonly error?: components['schemas']['ErrorDocument'] | undefined
  readonly response: Response
}): Data {
  if (response.ok && data !== undefined) return data
  throw new Refusal(response.status, error)
}
