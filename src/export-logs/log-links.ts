import type { LinkSigner } from '../auth/signed-link.ts'
import type { ExportKind } from './export-kinds.ts'
import type { ExportLogRow } from './export-log.ts'
import type { LogLinks } from './log-document.ts'

/** The URL of a log at the origin of a request, and signed links to its files for its user. */
export async function logLinks(
  requestUrl: string,
  kind: ExportKind,
  { id, userId }: Pick<ExportLogRow, 'id' | 'userId'>,
  sign: LinkSigner,
): Promise<LogLinks> {
  const self = logUrl(requestUrl, kind, id)
  const [csv, xlsx] = await Promise.all([sign(`${self}.csv`, userId), sign(`${self}.xlsx`, userId)])
  return { self, csv, xlsx }
}

/** The URL of a log at the origin of a request. */
export const logUrl = (requestUrl: string, kind: ExportKind, id: string): string =>
  new URL(`${kind.path}/${id}`, requestUrl).href
