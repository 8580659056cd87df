import type { ExportLog } from './api.ts'
import { fileFormats, type FileFormat } from './file-formats.ts'

/** What a file is downloaded as: a format, in one of its variants or without one. */
export type FileChoice = { readonly extension: string; readonly variant?: string | undefined }

/** The signed link to a file of a log. */
export function fileLink({ links }: ExportLog, { extension, variant }: FileChoice): string {
  const url = new Map(Object.entries(links)).get(extension)
  if (url === undefined) throw new Error(`The export has no link to a file in ${extension}.`)
  const link = new URL(url)
  if (variant !== undefined) link.searchParams.set(variant, 'true')
  return link.href
}

/**
 * The file of a log to offer in a format: its first variant, which is the one for people. If only
 * the format without a variant is kept, it is that one, so that the file is that of its day.
 *
 * @param files the kept files by the end of their name: `csv`, `bom.csv`
 */
export function offeredFile(
  { extension, variants: [variant] }: FileFormat,
  files: Readonly<Record<string, unknown>>,
): FileChoice {
  const isPlainKept = extension in files && !(`${variant?.name}.${extension}` in files)
  return { extension, variant: isPlainKept ? undefined : variant?.name }
}

/** `CSV for Excel, for a mailing` for `mailing.bom.csv` */
export function fileTitle(name: string): string {
  const [extension = '', ...marks] = name.split('.').toReversed()
  const format = fileFormats.find((one) => one.extension === extension)
  const variants = format?.variants.filter((one) => marks.includes(one.name)) ?? []
  const title = [format?.title ?? extension.toUpperCase(), ...variants.map((one) => one.title)]
  return `${title.join(' ')}${marks.includes('mailing') ? ', for a mailing' : ''}`
}
