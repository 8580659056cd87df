import { JSON_API, JSON_TYPE } from '../src/http/json-api/json-api.ts'
import { furtherColumns } from '../src/contacts/columns.ts'
import { contactsExport, mailingExport } from '../src/export-logs/export-kinds.ts'
import { fileFormats } from '../src/formats/file-formats.ts'
import { healthResponse } from './responses.ts'
import { choicePaths } from './choice-paths.ts'
import { columnsDescription } from './columns-description.ts'
import { filePaths } from './file-paths.ts'
import { filterSchema } from './filter.ts'
import { always, headers } from './headers.ts'
import { logPaths } from './log-paths.ts'
import type { Paths } from './operation.ts'
import { errorResponseComponents } from './error-responses.ts'
import { namedSchemas, schemaRef } from './schemas.ts'
import { syncPaths } from './sync-paths.ts'

const FORMATS = new Intl.ListFormat('en').format(fileFormats.map(({ title }) => title))

const ABOUT = `Exports of MPDX contacts as ${FORMATS}.

A client posts a **contact filter**, which creates an **export log**, and downloads the selected
contacts as a **file**. A file is produced and streamed on its first download, and then kept: later
downloads return the same bytes.

- Everything under \`/api/v2\` except files is JSON:API 1.1, \`${JSON_API}\`. A client that asks for
  \`${JSON_TYPE}\` in \`Accept\` gets the same documents as that type. Errors are JSON:API
  documents too. A browser that opens an address gets an error as a small page.
- \`HEAD\` works wherever \`GET\` does. Another method is a 405 with \`Allow\`, another extension
  a 404.
- Times are ISO 8601, in UTC, to the second.
- A lower-case query parameter that an operation does not know is a 400.`

/** What a file has, with the stable keys of its columns. */
const FILES = `The contacts themselves.

The columns of a contacts export:

${columnsDescription(contactsExport.columns)}

The columns of a mailing export:

${columnsDescription(mailingExport.columns)}

Further columns, for \`columns\`:

${columnsDescription(furtherColumns)}`

/** The whole interface as an OpenAPI 3.1 document, built from the code's own schemas and lists. */
export function openApiDocument() {
  const paths: Paths = {
    ...logPaths(),
    ...filePaths(),
    ...choicePaths(),
    ...syncPaths(),
    ...servicePaths(),
  }
  const schemas = { ...namedSchemas(), Filter: filterSchema() }
  const responses = usedOf('responses', errorResponseComponents(), JSON.stringify(paths))
  return {
    openapi: '3.1.1',
    info: {
      title: 'Contact exports',
      version: '2',
      description: ABOUT,
      contact: { name: 'The maintainers of contact-exports' },
      license: { name: 'All rights reserved', identifier: 'LicenseRef-All-rights-reserved' },
    },
    servers: [{ url: '/', description: 'The server of this document.' }],
    security: [{ bearer: [] }, { queryToken: [] }],
    tags: [
      { name: 'Export logs', description: 'What was exported, when, and which files are kept.' },
      { name: 'Files', description: FILES },
      { name: 'Filters', description: 'Values to choose from, and filters that users have saved.' },
      {
        name: 'Sync',
        description:
          'Contacts in: lines are written, and runs tell what became of them. ' +
          'The token needs the scope `sync`.',
      },
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
          description:
            "A JWT with `exp`, and the user's id in `user_id`, `user_uuid` or `sub`. To write, it " +
            'needs the word `sync` in `scope`. Its `account_list_ids` limit what it may write.',
        },
        queryToken: {
          type: 'apiKey',
          in: 'query',
          name: 'access_token',
          description:
            'The same JWT, for plain links. The service can be configured to refuse it here.',
        },
        signedLink: {
          type: 'apiKey',
          in: 'query',
          name: 'signature',
          description:
            'The links of a log to its files: `expires`, `user` and `signature` together ' +
            'authenticate the user of the log for one file, until the link expires.',
        },
      },
    },
  }
}

/** The components that are referred to. */
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
      summary: 'Whether the service works',
      tags: ['Service'],
      security: [],
      responses: {
        200: health('It works.', 'up'),
        503: health('It does not work.', 'down'),
      },
    },
  },
})

const health = (description: string, status: 'up' | 'down') => ({
  description,
  headers: always('Cache-Control'),
  content: { 'application/json': { schema: schemaRef(healthResponse), example: { status } } },
})
