import type { Context } from 'hono'
import type { Filter } from '../contacts/filter/read-filter.ts'
import { objectKey, type FileName, type KeptFile } from '../storage/file-records.ts'
import { serveKeptFile } from '../storage/serve-file.ts'
import { formats, type FormatName } from '../formats/formats.ts'
import type { CallerEnv } from '../auth/authenticate.ts'
import { MOST_PRODUCTIONS } from '../storage/productions.ts'
import { preconditionFailed, rangeNotSatisfiable, tooManyRequests } from '../http/errors.ts'
import { isLimited } from '../auth/rate-limit.ts'
import { kindOfType, type ExportKind } from '../export-logs/export-kinds.ts'
import { exportLine } from './export-line.ts'
import type { ExportLogRow } from '../export-logs/export-log-queries.ts'
import { newFile } from './new-file.ts'

/** A file of a log: in the columns of which kind, in which format. */
export type WantedFile = {
  readonly log: ExportLogRow
  readonly kind: ExportKind
  readonly formatName: FormatName
}

/** The moment that a file is of. Rows of other programs may lack it. */
export const exportTime = ({ exportAt, createdAt }: ExportLogRow): string => exportAt ?? createdAt

/** Where a file is kept. Its columns are named where they are not those of the log's own type. */
export const keptName = ({ log, kind, formatName }: WantedFile): FileName => ({
  exportLogId: log.id,
  variant: kind === kindOfType(log.type) ? formatName : `mailing.${formatName}`,
})

/** The headers that a file has, kept or not. */
export function fileHeaders({ log, kind, formatName }: WantedFile): Record<string, string> {
  const day = exportTime(log).slice(0, 10).replaceAll('-', '')
  const extension = formatName.slice(formatName.lastIndexOf('.') + 1)
  return {
    'Content-Type': formats[formatName].mediaType,
    'Content-Disposition': `attachment; filename="${kind.fileName}-${day}.${extension}"`,
    'Cache-Control': 'private, no-cache',
  }
}

/**
 * A kept file, as far as the request wants it, or why R2 cannot give it.
 *
 * @throws HttpError 412, 416
 */
export async function keptFileResponse(
  context: Context<CallerEnv>,
  wanted: WantedFile,
  kept: KeptFile,
): Promise<Response | 'gone' | 'unreadable'> {
  const { env, req } = context
  const name = keptName(wanted)
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
        const line = exportLine({ ...facts, source: 'kept' })
        line.begun()
        line.made()
        context.set('sent', line.sent)
      }
      return new Response(body, { status, headers: { ...fileHeaders(wanted), ...headers } })
    }
  }
}

/** When a user who has too many files under way may try again: most files take some seconds. */
const RETRY_SECONDS = 10

/**
 * A file on its first way out, from the contacts that a filter selects in the account lists of its scope.
 *
 * @param mayKeep whether it may be kept in the place of what is there
 * @throws HttpError 429 when the user has too many files under way
 */
export async function newFileResponse(
  context: Context<CallerEnv>,
  wanted: WantedFile,
  selection: { readonly filter: Filter; readonly accountListIds: readonly string[] },
  mayKeep = true,
): Promise<Response> {
  const { env, executionCtx } = context
  const { database, userId, requestId, startedAt } = context.var
  const { log, kind, formatName } = wanted
  const exportAt = exportTime(log)
  const name = keptName(wanted)
  const file = await newFile({
    database,
    bucket: env.FILES,
    userId,
    mostProductions: isLimited(env) ? MOST_PRODUCTIONS : undefined,
    name,
    mayKeep,
    selection: { ...selection, today: exportAt.slice(0, 10), userId, exportLogId: log.id },
    format: formats[formatName],
    sheet: { columns: kind.columns, title: 'Contacts', madeAt: new Date(exportAt) },
    requestId,
    startedAt,
    waitUntil: (promise) => executionCtx.waitUntil(promise),
  })
  if (!file) {
    const detail = `${MOST_PRODUCTIONS} of your files are being made at the moment, which is the most. Download one of them to its end, or try again in ${RETRY_SECONDS} seconds.`
    throw tooManyRequests(RETRY_SECONDS, detail)
  }
  context.set('file', objectKey(name))
  context.set('sent', file.line.sent)
  return new Response(file.body, { headers: fileHeaders(wanted) })
}
