import type { ExportLog } from './api.ts'

/** What a file can be downloaded as. CSV with a byte order mark is what Excel reads rightly. */
export type FileChoice = 'bom.csv' | 'csv' | 'xlsx'

/** The signed link to a file of a log. */
export function fileLink({ links }: ExportLog, choice: FileChoice): string {
  const link = new URL(choice === 'xlsx' ? links.xlsx : links.csv)
  if (choice === 'bom.csv') link.searchParams.set('bom', 'true')
  return link.href
}
