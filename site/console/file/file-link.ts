import type { ExportLog } from '../api.ts'
import type { FileKind } from './file-formats.ts'

/** The signed link to a file of a log. */
export function fileLink({ links }: ExportLog, { extension, variant }: FileKind): string {
  const url = new Map(Object.entries(links)).get(extension)
  if (url === undefined) throw new Error(`The export has no link to a file in ${extension}.`)
  const link = new URL(url)
  if (variant !== undefined) link.searchParams.set(variant, 'true')
  return link.href
}
