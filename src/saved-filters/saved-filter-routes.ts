import { Hono } from 'hono'
import * as z from 'zod'
import { authenticate, type CallerEnv } from '../auth/authenticate.ts'
import { limitLogs, limitReads } from '../auth/rate-limit.ts'
import { storedTime } from '../db/stored-time.ts'
import { badRequest, conflict } from '../http/errors.ts'
import { documentResponse } from '../http/json-api/json-api.ts'
import { readQuery } from '../http/json-api/json-api-query.ts'
import { requireJsonApiAccepted, requireJsonBody } from '../http/json-api/negotiation.ts'
import { limitedBody } from '../http/limited-body.ts'
import { rejectMalformedQuery } from '../http/query-parameters.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { readSavedFilterRequest } from './read-saved-filter-request.ts'
import { addSavedFilter, changeSavedFilter, ownSavedFilter } from './save-filter.ts'
import {
  savedFilterDocument,
  savedFilterListDocument,
  savedFilterUrl,
  SAVED_FILTERS,
} from './saved-filter-document.ts'
import { deleteSavedFilter, savedFilterById, savedFiltersOf } from './saved-filter.ts'

/** The saved filters of the caller: nobody sees those of others, or that there are any. */
export const savedFilterRoutes = new Hono<CallerEnv>()

const ONE = `${SAVED_FILTERS}/:id`

savedFilterRoutes.get(
  SAVED_FILTERS,
  authenticate,
  limitReads,
  requireJsonApiAccepted,
  async ({ req, var: { database, userId } }) => {
    readQuery(req.url, {})
    const rows = await savedFiltersOf(database, userId)
    return documentResponse(200, savedFilterListDocument(rows, req.url))
  },
)

savedFilterRoutes.post(
  SAVED_FILTERS,
  authenticate,
  limitLogs,
  requireJsonApiAccepted,
  requireJsonBody,
  limitedBody,
  async ({ req, var: { database, userId } }) => {
    readQuery(req.url, {})
    const now = storedTime(new Date())
    const request = readSavedFilterRequest(await req.arrayBuffer(), now.slice(0, 10))
    const row = await addSavedFilter({ database, userId, now }, request)
    const headers = { Location: savedFilterUrl(req.url, row.id) }
    return documentResponse(201, savedFilterDocument(row, req.url), headers)
  },
)

savedFilterRoutes.get(
  ONE,
  authenticate,
  limitReads,
  requireJsonApiAccepted,
  async ({ req, var: { database, userId } }) => {
    readQuery(req.url, {})
    const id = readSavedFilterId(req.param('id'))
    const [found] = await savedFilterById(database, userId, id)
    return documentResponse(200, savedFilterDocument(ownSavedFilter(found, id), req.url))
  },
)

savedFilterRoutes.patch(
  ONE,
  authenticate,
  limitLogs,
  requireJsonApiAccepted,
  requireJsonBody,
  limitedBody,
  async ({ req, var: { database, userId } }) => {
    readQuery(req.url, {})
    const id = readSavedFilterId(req.param('id'))
    const now = storedTime(new Date())
    const request = readSavedFilterRequest(await req.arrayBuffer(), now.slice(0, 10))
    if (request.id !== id) {
      const detail = `The id must be that of the path, '${id}'.`
      throw conflict({ detail, source: { pointer: '/data/id' } })
    }
    const row = await changeSavedFilter({ database, userId, now }, id, request)
    return documentResponse(200, savedFilterDocument(row, req.url))
  },
)

savedFilterRoutes.delete(ONE, authenticate, rejectMalformedQuery, async (context) => {
  const { database, userId } = context.var
  const id = readSavedFilterId(context.req.param('id'))
  const [found] = await savedFilterById(database, userId, id)
  ownSavedFilter(found, id)
  await database.retry(() => deleteSavedFilter(database, userId, id))
  return context.body(null, 204, { 'Cache-Control': 'no-store' })
})

savedFilterRoutes.all(SAVED_FILTERS, rejectOtherMethods('GET', 'HEAD', 'POST'))
savedFilterRoutes.all(ONE, rejectOtherMethods('GET', 'HEAD', 'PATCH', 'DELETE'))

function readSavedFilterId(text: string): string {
  const { data } = z.guid().safeParse(text)
  if (data !== undefined) return data.toLowerCase()
  throw badRequest({ detail: `The id of a saved filter must be a UUID; '${text}' is not one.` })
}
