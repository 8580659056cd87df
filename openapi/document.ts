import { JSON_API, JSON_TYPE } from '../src/http/json-api/json-api.ts'
import { contactsExport, mailingExport } from '../src/export-logs/export-kinds.ts'
import { fileFormats } from '../src/formats/file-formats.ts'
import { healthAnswer } from './responses.ts'
import { columnsDescription } from './columns-description.ts'
import { filePaths } from './file-paths.ts'
import { filterSchema } from './filter.ts'
import { always, headers } from './headers.ts'
import { logPaths } from './log-paths.ts'
import type { Paths } from './operation.ts'
import { refusalAnswers } from './error-responses.ts'
import { namedSchemas, schemaRef } from './schemas.ts'

const FORMATS = new Intl.ListFormat('en').format(fileFormats.map(({ title }) => title))

const ABOUT = `Exports of MPDX contacts as ${FORMATS}.

A client posts a **contact filter**, which makes an **export log**, and downloads the contacts that it selects as a **file**.
Files are made on their first download, leave while they are made, and are kept: later downloads give the same bytes.

- Everything under \`/api/v2\` but files speaks JSON:API 1.1, \`${JSON_API}\`; the same documents are sent as
  \`${JSON_TYPE}\` to a client that asks for this in \`Accept\`. Errors are JSON:API documents, too; to a browser that follows
  a link to a file they are a small page.
- \`HEAD\` works wherever \`GET\` does. Another method is a 405 with \`Allow\`, another extension a 404.
- Times are ISO 8601, in UTC, to the second.
- Small-letter query parameters that an operation does not know are a 400.`

/** What a file has, with the stable keys of its columns. */
const FILES = `The contacts themselves.

The columns of a contacts export:

${columnsDescription(contactsExport.columns)}

The columns of a mailing export:

${columnsDescription(mailingExport.columns)}`

/** The whole interface as an OpenAPI 3.1 document, made of the schemas and lists that the code itself uses. */
export function openApiDocument() {
  const paths: Paths = { ...logPaths(), ...filePaths(), ...servicePaths() }
  const schemas = { ...namedSchemas(), Filter: filterSchema() }
  const responses = usedOf('responses', refusalAnswers(), JSON.stringify(paths))
  return {
    openapi: '3.1.1',
    info: {
      title: 'Contact exports',
      version: '2',
      description: ABOUT,
      contact: { name: 'The maintainers of contact-exports' },
      license: { name: 'All rights reserved', identifier: 'LicenseRef-All-rights-reserved' },
    },
    servers: [{ url: '/', description: 'Where this document is.' }],
    security: [{ bearer: [] }, { queryToken: [] }],
    tags: [
      { name: 'Export logs', description: 'What was asked for, when, and which files there are.' },
      { name: 'Files', description: FILES },
      { name: 'Service', description: 'About the service; no token is needed.' },
    ],
    paths,
    components: {
      schemas,
      headers: usedOf('headers', headers, JSON.stringify([paths, responses])),
      responses,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: "A JWT with `exp`, and the user's id in `user_id`, `user_uuid` or `sub`.",
        },
        queryToken: {
          type: 'apiKey',
          in: 'query',
          name: 'access_token',
          description: 'The same JWT, for plain links. The service can be set to take none here.',
        },
        signedLink: {
          type: 'apiKey',
          in: 'query',
          name: 'signature',
          description:
            "The links of a log to its files: `expires`, `user` and `signature` together stand for the log's user, for one file and a while.",
        },
      },
    },
  }
}

/** The components that something refers to. */
const usedOf = <Component>(
  kind: string,
  components: Readonly<Record<string, Component>>,
  used: string,
) =>
  Object.fromEntries(
    Object.entries(components).filter(([name]) => used.includes(`"#/components/${kind}/${name}"`)),
  )

const servicePaths = (): Paths => ({
  '/openapi.json': {
    get: {
      operationId: 'describeService',
      summary: 'This document',
      tags: ['Service'],
      security: [],
      responses: {
        200: {
          description: 'The interface as OpenAPI 3.1.',
          headers: always('Cache-Control'),
          content: { 'application/json': { schema: { type: 'object' } } },
        },
      },
    },
  },
  '/health': {
    get: {
      operationId: 'showHealth',
      summary: 'Whether the service can do its work',
      tags: ['Service'],
      security: [],
      responses: {
        200: health('It can.', 'up'),
        503: health('It cannot.', 'down'),
      },
    },
  },
})

const health = (description: string, status: 'up' | 'down') => ({
  description,
  headers: always('Cache-Control'),
  content: { 'application/json': { schema: schemaRef(healthAnswer), example: { status } } },
})
