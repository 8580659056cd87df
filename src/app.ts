import { Hono, type Context } from 'hono'
import { consoleRoutes } from './console/console-routes.ts'
import { contactsExport } from './export-logs/export-kinds.ts'
import { exportRoutes } from './export-files/export-routes.ts'
import { filterValuesRoutes } from './filter-values/filter-values-routes.ts'
import { crossOrigin } from './http/cross-origin.ts'
import { errorPage } from './http/error-page.ts'
import { HttpError, internalServerError, notFound, serviceUnavailable } from './http/errors.ts'
import { health } from './http/health.ts'
import { errorResponse } from './http/json-api/json-api.ts'
import { acceptsHtml, negotiateDocumentType, prefersHtml } from './http/json-api/negotiation.ts'
import { rejectOtherMethods } from './http/reject-other-methods.ts'
import { requestLog } from './http/request-log.ts'
import { rejectMalformedQuery } from './http/query-parameters.ts'
import type { RequestEnv } from './http/request-env.ts'
import { trackRequests } from './http/track-requests.ts'
import { securityHeaders } from './http/security-headers.ts'
import { savedFilterRoutes } from './saved-filters/saved-filter-routes.ts'
import { DELETED_RECORDS_PATH, deletedRecordsRoutes } from './sync/deleted-records-routes.ts'
import { SYNC_PATH, syncRoutes } from './sync/sync-routes.ts'
import { logError } from './log.ts'
import { readSignInUrl } from './settings/read-settings.ts'
import { isTransient } from './retry.ts'

const RETRY_SECONDS = 10
const UNAVAILABLE = `The database is not available. Try again in ${RETRY_SECONDS} seconds.`

export const app = new Hono<RequestEnv>()

/** First, so that every response has them. A page sets its own policy. */
app.use(securityHeaders)

app.use(requestLog)

app.use(negotiateDocumentType)

app.use(trackRequests)

app.use(crossOrigin)

app.get('/health', rejectMalformedQuery, health)
app.all('/health', rejectOtherMethods('GET', 'HEAD'))

app.route('/', filterValuesRoutes)
app.route('/', savedFilterRoutes)
app.route('/', consoleRoutes)

app.route('/', exportRoutes)
app.route(SYNC_PATH, syncRoutes)
app.route(DELETED_RECORDS_PATH, deletedRecordsRoutes)

app.notFound((context) =>
  errorFor(
    context,
    notFound({ detail: `This path does not exist. Exports are at ${contactsExport.path}.` }),
  ),
)

app.onError((error, context) => {
  if (error instanceof HttpError) return errorFor(context, error)
  const { requestId } = context.var
  if (isTransient(error)) {
    logError('unavailable', error, { request_id: requestId })
    return errorFor(context, serviceUnavailable(UNAVAILABLE, RETRY_SECONDS))
  }
  logError('request_failed', error, { request_id: requestId })
  return errorFor(context, internalServerError(requestId))
})

/** An error as a document; as a page where a browser has opened the address. */
async function errorFor(
  { env, req, var: { requestId } }: Context<RequestEnv>,
  error: HttpError,
): Promise<Response> {
  const accept = req.header('Accept')
  const isForBrowser = isFilePath(req.path) ? acceptsHtml(accept) : prefersHtml(accept)
  if (!isForBrowser) return errorResponse(error)
  return errorPage(error, { requestId, signInUrl: readSignInUrl(env) })
}

/** A file has an extension, whether its format exists or not. No client has documents of it. */
const isFilePath = (path: string): boolean => path.slice(path.lastIndexOf('/')).includes('.')
