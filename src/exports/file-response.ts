import type { Context } from 'hono'
import type { Filter } from '../contacts/filter/read-filter.ts'
import { objectKey, type FileName, type KeptFile } from '../files/file-records.ts'
import { serveKeptFile } from '../files/serve-file.ts'
import { formats, type FormatName } from '../formats/formats.ts'
import type { CallerEnv } from '../http/caller.ts'
import { preconditionFailed, rangeNotSatisfiable } from '../http/errors.ts'
import { kindOfType, type ExportKind } from './export-kinds.ts'
import { logExport } from './export-line.ts'
import type { ExportLogRow } from './export-logs.ts'
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
 * A kept file, as far as the request wants it; `undefined` where R2 cannot give it.
 *
 * @throws HttpError 412, 416
 */
export async function keptFileResponse(
  context: Context<CallerEnv>,
  wanted: WantedFile,
  kept: KeptFile,
): Promise<Response | undefined> {
  const { env, req } = context
  const name = keptName(wanted)
  const served = await serveKeptFile(env.FILES, name, kept, req.raw)
  if (!served) return undefined
  switch (served.status) {
    case 412:
      throw preconditionFailed()
    case 416:
      throw rangeNotSatisfiable(served.headers)
    default: {
      const { body, headers, status } = served
      context.set('file', objectKey(name))
      if (body) {
        const { database, startedAt } = context.var
        const bytes = Number(headers['Content-Length'])
        const delivered = { name, bytes, rows: kept.rows, startedAt, firstByteAt: Date.now() }
        logExport({ ...delivered, source: 'kept', database })
      }
      return new Response(body, { status, headers: { ...fileHeaders(wanted), ...headers } })
    }
  }
}

/** A file on its first way out, from the contacts that a filter selects in the account lists of its scope. */
export async function newFileResponse(
  context: Context<CallerEnv>,
  wanted: WantedFile,
  selection: { readonly filter: Filter; readonly accountListIds: readonly string[] },
): Promise<Response> {
  const { env, executionCtx } = context
  const { database, startedAt, userId } = context.var
  const { log, kind, formatName } = wanted
  const exportAt = exportTime(log)
  const name = keptName(wanted)
  context.set('file', objectKey(name))
  const body = await newFile({
    database,
    bucket: env.FILES,
    name,
    selection: { ...selection, today: exportAt.slice(0, 10), userId, exportLogId: log.id },
    format: formats[formatName],
    sheet: { columns: kind.columns, title: 'Contacts', madeAt: new Date(exportAt) },
    startedAt,
    waitUntil: (promise) => executionCtx.waitUntil(promise),
  })
  return new Response(body, { headers: fileHeaders(wanted) })
}
