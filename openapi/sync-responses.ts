import * as z from 'zod'
import { DELETED_TYPES } from '../src/sync/list-deleted-records.ts'
import { openApiMetadata } from '../src/openapi-metadata.ts'
import { errorObject } from './responses.ts'

/** The exact members of the responses of the sync API. */

const time = z.iso.datetime()
const url = z.url()
const links = z.strictObject({ prev: url.nullable(), next: url.nullable() })

function described<Schema extends z.ZodType>(schema: Schema, description: string): Schema {
  openApiMetadata.add(schema, { description })
  return schema
}

const syncRun = z
  .strictObject({
    id: z.guid(),
    type: z.literal('sync_runs'),
    attributes: z.strictObject({
      state: described(
        z.enum(['running', 'done', 'stopped', 'failed']),
        '`stopped`: by `on_error=stop`, or because the body was refused. `failed`: by a fault of ' +
          'the service or the connection. The lines can be sent again.',
      ),
      dry_run: z.boolean(),
      started_at: time,
      ended_at: time.nullable(),
      lines: described(z.int(), 'How many lines were read.'),
      lines_done: described(z.int(), 'How many lines were written, were unchanged, or refused.'),
      created: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      outdated: described(z.int(), 'Skipped by `if_newer`.'),
      removed: z.int(),
      failed: described(z.int(), 'How many lines were refused.'),
    }),
  })
  .register(openApiMetadata, { id: 'SyncRun' })

const failure = z
  .strictObject({
    line: described(z.int(), 'The number of the line in the body, from 1.'),
    id: z.string().nullable(),
    errors: z.array(errorObject),
  })
  .register(openApiMetadata, { id: 'RefusedLine' })

export const runResponse = z
  .strictObject({ data: syncRun })
  .register(openApiMetadata, { id: 'SyncRunDocument' })

export const endedRunResponse = z
  .strictObject({
    data: syncRun,
    meta: z.strictObject({
      failures: described(
        z.array(failure).max(100),
        'The first refused lines, without their text.',
      ),
      complete: z
        .strictObject({
          unnamed: described(z.int(), 'Rows that the body does not name.'),
          removed: z.int(),
          truncated: described(
            z.string(),
            'Why rows behind the last id of the body were left: the body was not whole.',
          ).optional(),
        })
        .optional(),
    }),
  })
  .register(openApiMetadata, { id: 'EndedSyncRunDocument' })

export const runListResponse = z
  .strictObject({ data: z.array(syncRun), links })
  .register(openApiMetadata, { id: 'SyncRunListDocument' })

export const deletedRecordsResponse = z
  .strictObject({
    data: z.array(
      z
        .strictObject({
          id: z.string(),
          type: z.literal('deleted_records'),
          attributes: z.strictObject({
            account_list_id: z.string().nullable(),
            deletable_id: described(z.string(), 'The id of the row, as `id` is.'),
            deletable_type: z.enum(DELETED_TYPES),
            deleted_at: time,
          }),
        })
        .register(openApiMetadata, { id: 'DeletedRecord' }),
    ),
    links,
  })
  .register(openApiMetadata, { id: 'DeletedRecordListDocument' })
