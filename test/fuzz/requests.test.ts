import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { consoleRoutes } from '../../src/console/console-routes.ts'
import { EXPORTS, ORIGIN } from '../helpers/api.ts'
import { addContact, addList, newId } from '../helpers/contacts.ts'
import { logOf } from '../helpers/files.ts'
import { anyText, headerValue, parameters, PATIENCE_MILLISECONDS, sanely } from './fuzz.ts'

let id = ''

beforeAll(async () => {
  await addList()
  await addContact({ name: 'Ann' })
  id = await logOf({})
})

const segment = fc.oneof(
  fc.constantFrom(
    '',
    'ID',
    'id',
    'mailing',
    'exports',
    '.',
    '%2e',
    '%2F',
    '%',
    '%ff',
    '%00',
    ';',
    'MAILING',
  ),
  fc.uuid(),
  anyText.map((text) => encodeURIComponent(text.toWellFormed())),
)
const extension = fc.constantFrom(
  '',
  '',
  '.csv',
  '.xlsx',
  '.ods',
  '.CSV',
  '.',
  '.csv.',
  '%2ecsv',
  '.csv%20',
)

/** Static pages, which are no part of the API. */
const pages = new Set(consoleRoutes.routes.map(({ path: page }) => page))

/** Any path of the API, most of them near to one that is there. */
const path = fc
  .oneof(
    fc
      .tuple(fc.array(segment, { maxLength: 3 }), extension)
      .map(([segments, end]) => [EXPORTS, ...segments].join('/') + end),
    fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`),
  )
  .filter((at) => !pages.has(new URL(ORIGIN + at).pathname))

const headers = fc.record(
  {
    Accept: headerValue(
      'application/vnd.api+json',
      'application/json',
      'text/html',
      '*/*',
      'text/csv',
      'profile=x',
    ),
    'Accept-Encoding': headerValue('gzip', 'br', 'identity'),
    'Content-Type': headerValue('application/vnd.api+json', 'multipart/form-data', 'charset=utf-8'),
    'CF-Ray': headerValue('8a1b2c3d4e5f6071-FRA'),
    Origin: headerValue('https://a.example', 'null'),
    'Access-Control-Request-Method': headerValue('GET', 'DELETE'),
    'Access-Control-Request-Headers': headerValue('authorization', 'x'),
    'X-HTTP-Method-Override': headerValue('DELETE'),
    Cookie: headerValue('a=b'),
    Host: headerValue('a.example', 'localhost'),
  },
  { requiredKeys: [] },
)

const method = fc.constantFrom(
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
)
const origins = fc.constantFrom('', '*', 'https://a.example, https://b.example', ',,')

it(
  'any method at any path with any headers is answered as the interface says',
  async () => {
    await fc.assert(
      fc.asyncProperty(method, path, headers, origins, async (verb, at, given, allowed) => {
        // A log that is deleted is missed by nobody: the next one comes in its place.
        const target = verb === 'DELETE' ? newId() : id
        const init = { method: verb, headers: given, bindings: { ALLOWED_ORIGINS: allowed } }
        const { status } = await sanely(
          at.replace('ID', target),
          verb === 'POST' ? { ...init, body: '{}' } : init,
        )
        expect(status).not.toBe(413)
      }),
      parameters,
    )
  },
  PATIENCE_MILLISECONDS,
)
