import type { Context } from 'hono'
import type { CallerEnv } from '../auth/authenticate.ts'
import { preconditionFailed, rangeNotSatisfiable } from '../http/errors.ts'
import type { KeptFile } from '../storage/kept-file.ts'
import { objectKey } from '../storage/object-key.ts'
import { serveKeptFile } from '../storage/serve-kept-file.ts'
import { exportEvent } from './export-event.ts'
import { fileHeaders, keptName, type RequestedFile } from './requested-file.ts'

/**
 * A kept file, or the part of it that the request asks for.
 *
 * @returns the response, or why R2 cannot give the file
 * @throws HttpError 412, 416
 */
export async function keptFileResponse(
  context: Context<CallerEnv>,
  file: RequestedFile,
  kept: KeptFile,
): Promise<Response | 'gone' | 'unreadable'> {
  const { env, req } = context
  const name = keptName(file)
  const served = await serveKeptFile(env.FILES, name, kept, req.raw)
  if (served === 'gone' || served === 'unreadable') return served
  switch (served.status) {
    case 412:
      throw preconditionFailed()
    case 416:
      throw rangeNotSatisfiable(served.headers)
    default: {
      const { body, headers, status } = served
      context.set('file', objectKey(name))
      if (body) {
        const { database, startedAt, requestId } = context.var
        const facts = { requestId, name, startedAt, database, rows: () => kept.rows }
        const event = exportEvent({ ...facts, source: 'kept' })
        event.started()
        event.produced()
        context.set('sent', event.sent)
      }
      return new Response(body, { status, headers: { ...fileHeaders(file), ...headers } })
    }
  }
}
