import * as z from 'zod'
import { COMPLETE_TYPES, type SyncOptions } from '../contacts/writing/sync-types.ts'
import { badRequest } from '../http/errors.ts'
import { readQuery } from '../http/json-api/json-api-query.ts'
import { openApiMetadata } from '../openapi-metadata.ts'

const flag = (name: string) =>
  z
    .enum(['true', 'false'], { error: `'${name}' must be true or false.` })
    .transform((word) => word === 'true')
    .default(false)
    .register(openApiMetadata, { schema: { type: 'boolean', default: false } })

const uuid = (name: string) =>
  z.guid({ error: `'${name}' must be a UUID.` }).transform((id) => id.toLowerCase())

const removalsError = "'max_removals' must be a whole number from 0 to 999999999."

/** The query parameters of a run. */
export const runQuery = {
  run: uuid('run').optional(),
  dry_run: flag('dry_run'),
  on_error: z.enum(['skip', 'stop'], { error: "'on_error' must be skip or stop." }).default('skip'),
  if_newer: flag('if_newer'),
  complete: z
    .enum(COMPLETE_TYPES, { error: `'complete' must be ${COMPLETE_TYPES.join(', ')}.` })
    .optional(),
  account_list_id: uuid('account_list_id').optional(),
  max_removals: z
    .string()
    .regex(/^\d{1,9}$/, { error: removalsError })
    .transform(Number)
    .optional()
    .register(openApiMetadata, { schema: { type: 'integer', minimum: 0, maximum: 999_999_999 } }),
}

/**
 * Reads what a run does. An unknown parameter is a 400, whatever its name: a misspelled `dry_run`
 * must not write.
 *
 * @throws HttpError 400
 */
export function readRunQuery(url: string): {
  readonly id: string | undefined
  readonly options: SyncOptions
} {
  const query = readQuery(url, runQuery, () => true)
  const { complete: type, account_list_id: accountListId, max_removals: maxRemovals } = query
  if (type === undefined && (accountListId ?? maxRemovals) !== undefined) {
    const parameter = accountListId === undefined ? 'max_removals' : 'account_list_id'
    throw badRequest({
      detail: `'${parameter}' goes with 'complete', which says what the body names completely.`,
      source: { parameter },
    })
  }
  if (type !== undefined && accountListId === undefined) {
    throw badRequest({
      detail: "'complete' needs 'account_list_id', the account list whose rows the body names.",
      source: { parameter: 'account_list_id' },
    })
  }
  return {
    id: query.run,
    options: {
      dryRun: query.dry_run,
      onError: query.on_error,
      ifNewer: query.if_newer,
      complete:
        type && accountListId !== undefined ? { type, accountListId, maxRemovals } : undefined,
    },
  }
}
