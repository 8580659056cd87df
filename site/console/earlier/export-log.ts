import type { ExportLog, KeptFile } from '../api.ts'
import { fileKind, fileKinds, type FileKind } from '../file/file-formats.ts'
import { fileOf, type FilterValues, type FormState } from '../form-state.ts'

/** What a log of another program holds may be anything. */
const paramsOf = (log: ExportLog | undefined): Readonly<Record<string, unknown>> =>
  log?.attributes.params ?? {}

export function filterOf(log: ExportLog | undefined): FilterValues {
  const filter = paramsOf(log)['filter']
  return typeof filter === 'object' && filter !== null && !Array.isArray(filter)
    ? Object.fromEntries(Object.entries(filter))
    : {}
}

/** What is to be chosen in the form to make an export anew. */
export function stateOf(log: ExportLog): FormState {
  const file = fileOf(paramsOf(log), paramsOf(log)['format'] ?? keptKinds(log)[0]?.id)
  const isMailing = log.attributes.type === 'Contacts Mailing' && typeof file.columns === 'string'
  return { filter: filterOf(log), file: isMailing ? { ...file, columns: 'mailing' } : file }
}

/** What the user calls an export, if anything. */
export function titleOf(log: ExportLog): string | undefined {
  const { name } = paramsOf(log)
  return typeof name === 'string' && name.trim() !== '' ? name : undefined
}

export const keptFiles = (log: ExportLog): Readonly<Record<string, KeptFile>> =>
  log.meta?.files ?? {}

/** The kinds in which the file of a log is kept. */
export const keptKinds = (log: ExportLog): readonly FileKind[] =>
  fileKinds.filter(({ id }) => id in keptFiles(log))

/** The kind to offer first: one that is kept, or else the one that was asked for. */
export function offeredKind(log: ExportLog): FileKind | undefined {
  const wanted = fileKind(stateOf(log).file.kind)
  const kept = keptKinds(log)
  return kept.find((kind) => kind === wanted) ?? kept[0] ?? wanted
}
