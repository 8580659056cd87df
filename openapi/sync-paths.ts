import { DELETED_RECORDS_PATH } from '../src/sync/deleted-records-routes.ts'
import { deletedRecordsDocument } from '../src/sync/deleted-records-document.ts'
import { deletedRecordsQuery } from '../src/sync/deleted-records-query.ts'
import { runDocument, runListDocument, runMeta } from '../src/sync/run-document.ts'
import { runQuery } from '../src/sync/run-query.ts'
import { NDJSON } from '../src/sync/sync-body.ts'
import { runListQuery, SYNC_PATH } from '../src/sync/sync-routes.ts'
import { errorResponses } from './error-responses.ts'
import { always } from './headers.ts'
import { documentContent, type Content, type Parameter, type Paths } from './operation.ts'
import { queryParameter } from './parameters.ts'
import { schemaRef } from './schemas.ts'
import {
  deletedRecordsResponse,
  endedRunResponse,
  runListResponse,
  runResponse,
} from './sync-responses.ts'

const tags = ['Sync']

/** A token that writes is accepted in the header only. */
const security = [{ bearer: [] }]

const RUN = '5d1a1f0c-7a5e-4f0e-9d1b-2f6a5b1c0e11'
const CONTACT = 'c0000000-0000-4000-8000-000000000001'
const LIST = 'a0000000-0000-4000-8000-000000000001'

const descriptions: Readonly<Record<keyof typeof runQuery, string>> = {
  run: 'A name for the run. A taken one is a 409.',
  dry_run: 'Check the lines and count what would be done, without writing.',
  on_error:
    '`skip`: other lines are written. `stop`: nothing after the batch of the first refused line.',
  if_newer: 'Skip a line whose `updated_at` is older than what is stored.',
  complete:
    'The body names all rows of this type of the account list, by ascending ids, and ends with ' +
    '`{"end":true,"lines":N}`. Rows that it does not name are removed.',
  account_list_id: 'The account list of `complete`.',
  max_removals:
    'The most rows that `complete` may remove. More are a 409. A tenth of the rows by default, ' +
    'and at least 10.',
}

const runParameters = (): readonly Parameter[] =>
  Object.entries(runQuery).map(([name, schema]) =>
    queryParameter(name, new Map(Object.entries(descriptions)).get(name) ?? '', schema),
  )

const pageParameters = (): readonly Parameter[] => [
  queryParameter(
    'page[after]',
    'The next page, from `links.next` of a page.',
    runListQuery['page[after]'],
  ),
  queryParameter(
    'page[before]',
    'The previous page, from `links.prev` of a page.',
    runListQuery['page[before]'],
  ),
  queryParameter('page[size]', 'How many items a page has, at most.', runListQuery['page[size]']),
]

const runId: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id of the run, a UUID.',
  schema: { type: 'string', format: 'uuid' },
  example: RUN,
}

const run = {
  id: RUN,
  position: '',
  accountListIds: null,
  state: 'done',
  dryRun: false,
  startedAt: '2026-11-24T05:27:17Z',
  endedAt: '2026-11-24T05:27:19Z',
  lines: 1000,
  linesDone: 1000,
  created: 600,
  updated: 20,
  unchanged: 378,
  outdated: 0,
  removed: 1,
  failed: 1,
} as const

const failure = {
  line: 17,
  id: CONTACT,
  errors: [
    {
      status: '400',
      title: 'Bad Request',
      detail: "'late_at' must be a date, such as 2026-01-31.",
      source: { pointer: '/attributes/late_at' },
    },
  ],
} as const

const lines = [
  { type: 'contacts', id: CONTACT, attributes: { account_list_id: LIST, name: 'Smith, John' } },
  { type: 'contacts', id: RUN, removed: true },
]

const links = { prev: null, next: null }

const ok = (description: string, content: Content) => ({
  200: { description, headers: always('Cache-Control'), content },
})

/** The routes of the sync API. */
export const syncPaths = (): Paths => ({
  [SYNC_PATH]: {
    post: {
      operationId: 'sendLines',
      summary: 'Write account lists, contacts and what belongs to them',
      description:
        'The body has one JSON object a line. Lines are written in order, in batches. A line is ' +
        'written whole or not at all. Sending the same lines again changes nothing.',
      tags,
      security,
      parameters: runParameters(),
      requestBody: {
        required: true,
        content: {
          [NDJSON]: {
            schema: { type: 'string' },
            example: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
          },
        },
      },
      responses: {
        ...ok(
          'The run has ended, whatever became of its lines.',
          documentContent(
            schemaRef(endedRunResponse),
            runDocument(run, runMeta([failure], undefined)),
          ),
        ),
        ...errorResponses(400, 401, 403, 404, 406, 409, 413, 415, 429, 500, 503),
      },
    },
    get: {
      operationId: 'listRuns',
      summary: "List the caller's runs",
      description: 'Newest first, in pages. Runs are kept for 30 days.',
      tags,
      security,
      parameters: pageParameters(),
      responses: {
        ...ok(
          'A page of runs.',
          documentContent(schemaRef(runListResponse), runListDocument([run], links)),
        ),
        ...errorResponses(400, 401, 403, 406, 429, 500, 503),
      },
    },
  },
  [`${SYNC_PATH}/{id}`]: {
    get: {
      operationId: 'showRun',
      summary: 'Show a run',
      tags,
      security,
      parameters: [runId],
      responses: {
        ...ok('The run.', documentContent(schemaRef(runResponse), runDocument(run))),
        ...errorResponses(400, 401, 403, 404, 406, 429, 500, 503),
      },
    },
  },
  [`${SYNC_PATH}/{id}/failures.ndjson`]: {
    get: {
      operationId: 'downloadFailures',
      summary: 'Download the refused lines of a run',
      description: 'Each with its number, its errors, and its text as it came.',
      tags,
      security,
      parameters: [runId],
      responses: {
        200: {
          description: 'An object for each refused line.',
          headers: always('Cache-Control', 'Content-Disposition'),
          content: {
            [NDJSON]: {
              schema: { type: 'string' },
              example: `${JSON.stringify({ ...failure, text: '{"type":"contacts",…}' })}\n`,
            },
          },
        },
        ...errorResponses(400, 401, 403, 404, 429, 500, 503),
      },
    },
  },
  [DELETED_RECORDS_PATH]: {
    get: {
      operationId: 'listDeletedRecords',
      summary: 'List what was deleted',
      description:
        'Oldest first, in pages: of the account lists that the user may read, or that a token ' +
        'with the scope `sync` may write. Deletions are kept for 400 days.',
      tags,
      parameters: [
        queryParameter(
          'filter[since_date]',
          'Only deletions at or after this time or date.',
          deletedRecordsQuery['filter[since_date]'],
        ),
        queryParameter(
          'filter[types]',
          'Only rows of these types.',
          deletedRecordsQuery['filter[types]'],
        ),
        ...pageParameters(),
      ],
      responses: {
        ...ok(
          'A page of deleted records.',
          documentContent(
            schemaRef(deletedRecordsResponse),
            deletedRecordsDocument(
              [
                {
                  type: 'contacts',
                  id: CONTACT,
                  accountListId: LIST,
                  deletedAt: '2026-11-24T05:27:19Z',
                },
              ],
              links,
            ),
          ),
        ),
        ...errorResponses(400, 401, 406, 429, 500, 503),
      },
    },
  },
})
