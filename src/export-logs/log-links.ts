import type { LinkSigner } from '../auth/signed-link.ts'
import { fileFormats } from '../formats/file-formats.ts'
import type { ExportKind } from './export-kinds.ts'
import type { ExportLogRow } from './export-log.ts'

/** The absolute URL of a log, and of its file in each format, by extension. */
export type LogLinks = { readonly self: string; readonly [extension: string]: string }

/** The URL of a log at the origin of a request, and signed links to its files for its user. */
export async function logLinks(
  requestUrl: string,
  kind: ExportKind,
  { id, userId }: Pick<ExportLogRow, 'id' | 'userId'>,
  sign: LinkSigner,
): Promise<LogLinks> {
  const self = logUrl(requestUrl, kind, id)
  const files = await Promise.all(
    fileFormats.map(
      async ({ extension }) => [extension, await sign(`${self}.${extension}`, userId)] as const,
    ),
  )
  return { self, ...Object.fromEntries(files) }
}

/** The URL of a log at the origin of a request. */
export const logUrl = (requestUrl: string, kind: ExportKind, id: string): string =>
  new URL(`${kind.path}/${id}`, requestUrl).href
