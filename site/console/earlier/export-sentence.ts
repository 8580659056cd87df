import type { ExportLog } from '../api.ts'
import { listForm, momentForm } from '../texts/forms.ts'
import { counted, text } from '../texts/texts.ts'
import { keptFiles, keptKinds, titleOf } from './export-log.ts'

/** An export as a person says it: `760 contacts · CSV and XLSX · 26 Nov, 14:05`. */
export function exportSentence(log: ExportLog): string {
  const rows = Object.values(keptFiles(log)).map((file) => file.rows)
  const kinds = keptKinds(log).map(({ title }) => title)
  return [
    titleOf(log),
    rows.length > 0 ? counted('preview.total', Math.max(...rows)) : undefined,
    log.attributes.type === 'Contacts Mailing' ? text('earlier.mailing') : undefined,
    kinds.length > 0 ? listForm(kinds) : text('earlier.noFile'),
    momentForm(log.attributes.created_at ?? ''),
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}
