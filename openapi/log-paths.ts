import { contactsExport, mailingExport, type ExportKind } from '../src/export-logs/export-kinds.ts'
import { logResponse, logListResponse, previewResponse } from './responses.ts'
import {
  exampleName,
  exampleRequest,
  logExample,
  logListExample,
  newLogExample,
  previewExample,
} from './examples.ts'
import { nameRequest } from '../src/export-logs/read-name-request.ts'
import { logRequest } from './filter.ts'
import { always } from './headers.ts'
import { documentContent, documentResponse, type Paths } from './operation.ts'
import {
  documentParameters,
  filterParameter,
  idParameter,
  listParameters,
  optionParameters,
} from './parameters.ts'
import { labelParameters } from './label-options.ts'
import { errorResponses } from './error-responses.ts'
import { schemaRef } from './schemas.ts'

const tags = ['Export logs']

/** The routes of export logs. */
export const logPaths = (): Paths => ({
  [contactsExport.path]: {
    post: makeLog(contactsExport, 'makeContactsExport', 'Make an export log'),
    get: {
      operationId: 'listExports',
      summary: "List the caller's export logs",
      description: 'Newest first, in pages.',
      tags,
      parameters: listParameters(),
      responses: {
        200: documentResponse(
          'A page of logs.',
          documentContent(schemaRef(logListResponse), logListExample()),
        ),
        ...errorResponses(400, 401, 403, 406, 429, 500, 503),
      },
    },
  },
  [`${contactsExport.path}/preview`]: {
    get: {
      operationId: 'previewExport',
      summary: 'See what a filter selects',
      description:
        'How many contacts a file would hold, and its first ten rows. ' +
        'No log is created, and nothing is kept.',
      tags,
      parameters: [filterParameter(), ...optionParameters(), ...labelParameters()],
      responses: {
        200: documentResponse(
          'The contacts.',
          documentContent(schemaRef(previewResponse), previewExample()),
        ),
        ...errorResponses(400, 401, 403, 404, 406, 429, 500, 503),
      },
    },
  },
  [`${contactsExport.path}/{id}`]: {
    get: showLog(contactsExport, 'showExport'),
    patch: {
      operationId: 'nameExport',
      summary: 'Give an export log a name',
      description:
        'The name is the member `name` of `params`. `null` or an empty text takes it away. ' +
        'Nothing else of a log can be changed.',
      tags,
      parameters: [idParameter, ...documentParameters()],
      requestBody: {
        required: true as const,
        content: documentContent(schemaRef(nameRequest), exampleName),
      },
      responses: {
        200: documentResponse(
          'The log.',
          documentContent(schemaRef(logResponse), logExample(contactsExport)),
        ),
        ...errorResponses(400, 401, 403, 404, 406, 409, 413, 415, 429, 500, 503),
      },
    },
    delete: {
      operationId: 'deleteExport',
      summary: 'Delete an export log and its files',
      description: 'Its id stays taken. What R2 fails to give up at once goes later.',
      tags,
      parameters: [idParameter],
      responses: {
        204: { description: 'Both are gone.', headers: always('Cache-Control') },
        ...errorResponses(400, 401, 403, 404, 500, 503),
      },
    },
  },
  [mailingExport.path]: {
    post: makeLog(mailingExport, 'makeMailingExport', 'Make an export log for a mailing'),
  },
  [`${mailingExport.path}/{id}`]: { get: showLog(mailingExport, 'showMailingExport') },
})

const makeLog = (kind: ExportKind, operationId: string, summary: string) => ({
  operationId,
  summary,
  description:
    `Its type is \`${kind.type}\`. The filter and the options are checked now. ` +
    'The contacts are selected when a file is first downloaded.',
  tags,
  parameters: documentParameters(),
  requestBody: {
    required: true as const,
    content: documentContent(schemaRef(logRequest), exampleRequest),
  },
  responses: {
    201: {
      ...documentResponse(
        'The log, its params as they were sent.',
        documentContent(schemaRef(logResponse), newLogExample(kind)),
      ),
      headers: always('Cache-Control', 'Location'),
    },
    ...errorResponses(400, 401, 403, 404, 406, 409, 413, 415, 429, 500, 503),
  },
})

const showLog = (kind: ExportKind, operationId: string) => ({
  operationId,
  summary:
    kind === contactsExport ? 'Show an export log' : 'Show an export log, with mailing files',
  description: 'The filter is an object, whichever way it came.',
  tags,
  parameters: [idParameter, ...documentParameters()],
  responses: {
    200: documentResponse('The log.', documentContent(schemaRef(logResponse), logExample(kind))),
    ...errorResponses(400, 401, 403, 404, 406, 500, 503),
  },
})
