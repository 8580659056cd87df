import { Hono, type Context } from 'hono'
import { contactsExport } from './export-logs/export-kinds.ts'
import { exportRoutes } from './export-files/routes.ts'
import { crossOrigin } from './http/cross-origin.ts'
import { errorPage } from './http/error-page.ts'
import { HttpError, internalServerError, notFound, serviceUnavailable } from './http/errors.ts'
import { health } from './http/health.ts'
import { errorResponse } from './http/json-api/json-api.ts'
import { negotiateDocumentType, acceptsHtml } from './http/json-api/negotiation.ts'
import { rejectOtherMethods } from './http/reject-other-methods.ts'
import { requestLog } from './http/request-log.ts'
import { rejectMalformedQuery } from './http/query-parameters.ts'
import type { RequestEnv } from './http/request-env.ts'
import { trackRequests } from './http/track-requests.ts'
import { securityHeaders } from './http/security-headers.ts'
import { logError } from './log.ts'
import { isTransient } from './retry.ts'

/** What is said, and how soon to try again, when D1 stays unavailable. */
const UNAVAILABLE = 'The database cannot be reached at the moment. Try again in 10 seconds.'
const RETRY_SECONDS = 10

export const app = new Hono<RequestEnv>()

/** Before all else: no answer goes without them. A page has a policy of its own. */
app.use(securityHeaders)

app.use(requestLog)

app.use(negotiateDocumentType)

app.use(trackRequests)

app.use(crossOrigin)

app.get('/health', rejectMalformedQuery, health)
app.all('/health', rejectOtherMethods('GET', 'HEAD'))

app.route('/', exportRoutes)

app.notFound((context) =>
  refusal(
    context,
    notFound({ detail: `There is nothing at this path; exports are at ${contactsExport.path}.` }),
  ),
)

app.onError((error, context) => {
  if (error instanceof HttpError) return refusal(context, error)
  const { requestId } = context.var
  if (isTransient(error)) {
    logError('unavailable', error, { request_id: requestId })
    return refusal(context, serviceUnavailable(UNAVAILABLE, RETRY_SECONDS))
  }
  logError('request_failed', error, { request_id: requestId })
  return refusal(context, internalServerError(requestId))
})

/** An error as a document, or where a file was wanted by a person, as a page. */
async function refusal({ req }: Context, error: HttpError): Promise<Response> {
  const isForPerson = isFilePath(req.path) && acceptsHtml(req.header('Accept'))
  return isForPerson ? errorPage(error) : errorResponse(error)
}

/** Files, of formats known and unknown, have an extension. */
const isFilePath = (path: string): boolean => path.slice(path.lastIndexOf('/')).includes('.')
