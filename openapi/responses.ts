import * as z from 'zod'
import { fileFormats } from '../src/formats/file-formats.ts'
import { openApiMetadata } from '../src/openapi-metadata.ts'

/** The exact members of each response. The contract test checks real responses against them. */

const id = z.guid()
const time = z.iso.datetime()
const url = z.url()
/** A link to the file in each format. */
const fileLinks = Object.fromEntries(fileFormats.map(({ extension }) => [extension, url]))

const user = z.strictObject({ id: z.string(), type: z.literal('users') })

const labelCount = (description: string) =>
  z
    .int()
    .optional()
    .register(openApiMetadata, { description: `Of labels only. ${description}` })

/** The record of a kept file. */
const keptFile = z
  .strictObject({
    bytes: z.int(),
    produced_at: time,
    rows: z.int(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    cut: labelCount('Labels of which a part is missing, because it had no room.'),
    labels: labelCount('How many labels there are.'),
    left_out: labelCount('Contacts without a mailing address.'),
    shrunk: labelCount('Labels that are printed smaller than the font size.'),
  })
  .register(openApiMetadata, { id: 'KeptFile' })

const exportLog = z
  .strictObject({
    id,
    type: z.literal('export_logs'),
    attributes: z
      .strictObject({
        created_at: time,
        export_at: time.nullable(),
        params: z.record(z.string(), z.unknown()),
        type: z.string().nullable(),
        updated_at: time,
        updated_in_db_at: time,
      })
      .partial(),
    relationships: z.strictObject({ user: z.strictObject({ data: user }) }).optional(),
    links: z.strictObject({ self: url, ...fileLinks }).register(openApiMetadata, {
      description: 'The log, and its files by signed links, which need no token and expire.',
    }),
    meta: z
      .strictObject({
        files: z.record(z.string(), keptFile).register(openApiMetadata, {
          description:
            'The kept files by variant, which follows the id of the log in the name of a file: ' +
            '`csv`, `mailing.csv`, `bom.csv` …',
        }),
        ignored_filters: z
          .array(z.string())
          .register(openApiMetadata, { description: 'Keys of the filter that are not known.' }),
      })
      .partial()
      .optional(),
  })
  .register(openApiMetadata, { id: 'ExportLog' })

const included = z.array(user).optional()

export const logResponse = z
  .strictObject({ data: exportLog, included })
  .register(openApiMetadata, { id: 'ExportLogDocument' })

export const logListResponse = z
  .strictObject({
    data: z.array(exportLog),
    included,
    links: z.strictObject({ prev: url.nullable(), next: url.nullable() }),
    meta: z.strictObject({
      total: z.int().register(openApiMetadata, { description: 'Of all pages.' }),
    }),
  })
  .register(openApiMetadata, { id: 'ExportLogListDocument' })

export const previewResponse = z
  .strictObject({
    data: z
      .array(
        z.strictObject({
          id: z.string(),
          type: z.literal('contacts'),
          attributes: z
            .record(z.string(), z.union([z.string(), z.number(), z.null()]))
            .register(openApiMetadata, {
              description: 'The cells of a row, by the headings of the columns.',
            }),
        }),
      )
      .max(10),
    meta: z.strictObject({
      account_lists: z
        .array(z.strictObject({ id: z.string(), name: z.string().nullable() }))
        .register(openApiMetadata, {
          description: 'Those that the user may read, whether the filter names them or not.',
        }),
      columns: z
        .array(z.strictObject({ key: z.string(), heading: z.string() }))
        .register(openApiMetadata, { description: 'The columns of the file, in order.' }),
      total: z.int().register(openApiMetadata, { description: 'How many rows a file would have.' }),
    }),
  })
  .register(openApiMetadata, { id: 'PreviewDocument' })

const savedFilter = z
  .strictObject({
    id,
    type: z.literal('saved_filters'),
    attributes: z.strictObject({
      columns: z.array(z.string()).nullable(),
      created_at: time,
      filter: z.record(z.string(), z.unknown()),
      format: z.string().nullable(),
      name: z.string(),
      sort: z.string().nullable(),
      updated_at: time,
    }),
    links: z.strictObject({ self: url }),
    meta: z.strictObject({ ignored_filters: z.array(z.string()) }).optional(),
  })
  .register(openApiMetadata, { id: 'SavedFilter' })

export const savedFilterResponse = z
  .strictObject({ data: savedFilter })
  .register(openApiMetadata, { id: 'SavedFilterDocument' })

export const savedFilterListResponse = z
  .strictObject({ data: z.array(savedFilter), meta: z.strictObject({ total: z.int() }) })
  .register(openApiMetadata, { id: 'SavedFilterListDocument' })

export const filterValuesResponse = z
  .strictObject({
    data: z
      .array(
        z.strictObject({
          id: z.string(),
          type: z.literal('filter_values'),
          attributes: z.strictObject({
            contacts: z.int().register(openApiMetadata, {
              description: 'How many contacts have the value, whatever their status.',
            }),
            value: z.string(),
          }),
        }),
      )
      .max(50),
    meta: z.strictObject({
      complete: z.boolean().register(openApiMetadata, {
        description:
          'Whether all contacts were looked at. Otherwise values may be missing, and counts are too low.',
      }),
      has_more: z
        .boolean()
        .register(openApiMetadata, { description: 'Whether there are more values than these.' }),
    }),
  })
  .register(openApiMetadata, { id: 'FilterValuesDocument' })
/** What was wrong, with a request or a line. */
export const errorObject = z.strictObject({
  status: z.string().regex(/^[45]\d\d$/),
  title: z.string(),
  detail: z
    .string()
    .register(openApiMetadata, { description: 'What was wrong, and what would be right.' }),
  source: z
    .union([
      z.strictObject({ pointer: z.string() }),
      z.strictObject({ parameter: z.string() }),
      z.strictObject({ header: z.string() }),
    ])
    .register(openApiMetadata, { description: 'Where in the request, or in the line.' })
    .optional(),
})

export const errorResponseSchema = z
  .strictObject({ errors: z.array(errorObject).min(1) })
  .register(openApiMetadata, { id: 'ErrorDocument' })

export const healthResponse = z
  .strictObject({ status: z.enum(['up', 'down']) })
  .register(openApiMetadata, { id: 'Health' })
