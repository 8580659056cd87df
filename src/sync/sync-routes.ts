import { Hono } from 'hono'
import { authenticateSync, type SyncEnv } from '../auth/authenticate.ts'
import { limitSync } from '../auth/rate-limit.ts'
import type { SyncGrant } from '../auth/token-claims.ts'
import { notFound } from '../http/errors.ts'
import { documentResponse } from '../http/json-api/json-api.ts'
import { readQuery } from '../http/json-api/json-api-query.ts'
import { requireJsonApiAccepted } from '../http/json-api/negotiation.ts'
import { pageLinks, pageParameters, requestedPage } from '../http/json-api/pages.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { contentsOf, failureKeys } from '../storage/failure-parts.ts'
import { toReadableStream } from '../streams/to-readable-stream.ts'
import { readRunId } from './read-run-id.ts'
import { listRuns, readRun } from './read-runs.ts'
import { runDocument, runListDocument, runMeta } from './run-document.ts'
import { runLines } from './run-lines.ts'
import { readRunQuery } from './run-query.ts'
import { NDJSON, syncBody } from './sync-body.ts'

export const SYNC_PATH = '/api/v2/sync'

/** The query parameters of the list of runs. */
export const runListQuery = pageParameters(1)

const ENDS = { start: ['~'], end: [''] } as const

/** Writing lines, and reading what became of them. */
export const syncRoutes = new Hono<SyncEnv>()

syncRoutes.post('/', authenticateSync, limitSync, requireJsonApiAccepted, async (context) => {
  const { env, req, executionCtx, var: variables } = context
  const { database, requestId, userId, grant } = variables
  const bodyOf = await syncBody(req.raw)
  const { id = crypto.randomUUID(), options } = readRunQuery(req.url)
  requireWritable(grant, options.complete?.accountListId)
  const running = runLines({
    database,
    bucket: env.FILES,
    requestId,
    id,
    userId,
    grant,
    options,
    bodyOf,
  })
  // What has been sent is written, even if the sender does not wait for the response.
  executionCtx.waitUntil(running.catch(() => undefined))
  const { run, failures, removal } = await running
  return documentResponse(200, runDocument(run, runMeta(failures, removal)))
})

syncRoutes.get('/', authenticateSync, limitSync, requireJsonApiAccepted, async (context) => {
  const { req, var: variables } = context
  const query = readQuery(req.url, runListQuery)
  const page = await listRuns(variables.database, variables, requestedPage(query))
  const positions = {
    positions: page.runs.map(({ position }) => [position]),
    hasPrevious: page.hasNewer,
    hasNext: page.hasOlder,
  }
  const links = pageLinks(req.url, Object.keys(runListQuery), positions, ENDS)
  return documentResponse(200, runListDocument(page.runs, links))
})

syncRoutes.get('/:id', authenticateSync, limitSync, requireJsonApiAccepted, async (context) => {
  const { req, var: variables } = context
  readQuery(req.url, {})
  const id = readRunId(req.param('id'))
  return documentResponse(200, runDocument(await readRun(variables.database, id, variables)))
})

syncRoutes.get('/:id/failures.ndjson', authenticateSync, limitSync, async (context) => {
  const { env, req, var: variables } = context
  readQuery(req.url, {})
  const id = readRunId(req.param('id'))
  const run = await readRun(variables.database, id, variables)
  const keys = await failureKeys(env.FILES, run)
  if (keys.length === 0 && run.failed > 0 && run.state !== 'running') {
    throw notFound({ detail: `The refused lines of run '${id}' are not kept any more.` })
  }
  const contents = contentsOf(env.FILES, keys)
  return new Response(
    toReadableStream(contents, () => contents.return(undefined)),
    {
      headers: {
        'Content-Type': NDJSON,
        'Content-Disposition': `attachment; filename="${id}.failures.ndjson"`,
        'Cache-Control': 'no-store',
      },
    },
  )
})

syncRoutes.all('/', rejectOtherMethods('GET', 'HEAD', 'POST'))
syncRoutes.all('/:id', rejectOtherMethods('GET', 'HEAD'))
syncRoutes.all('/:id/failures.ndjson', rejectOtherMethods('GET', 'HEAD'))

/** The same text for an account list that does not exist and one that the token may not write. */
function requireWritable({ accountListIds }: SyncGrant, id: string | undefined): void {
  if (id === undefined || !accountListIds || accountListIds.includes(id)) return
  throw notFound({
    detail: `Resource 'AccountList' with id '${id}' does not exist.`,
    source: { parameter: 'account_list_id' },
  })
}
