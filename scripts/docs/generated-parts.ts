import { contactColumns, furtherColumns, mailingColumns } from '../../src/contacts/columns.ts'
import { columnsTable } from './columns-table.ts'
import { sortsTable } from './sorts-table.ts'
import { filterTable, wordsTable } from './filter-table.ts'
import { templatesTable } from './templates-table.ts'

/** A part of a document that is made from the code. */
export type GeneratedPart = {
  readonly file: string
  /** Stands in the comments around the part. */
  readonly name: string
  readonly text: string
}

/** Every part of the documents that is made from the code. */
export const generatedParts = (): readonly GeneratedPart[] => [
  { file: 'docs/filter.md', name: 'keys', text: filterTable() },
  { file: 'docs/filter.md', name: 'words', text: wordsTable() },
  { file: 'docs/columns.md', name: 'contacts', text: columnsTable(contactColumns) },
  { file: 'docs/columns.md', name: 'mailing', text: columnsTable(mailingColumns) },
  { file: 'docs/columns.md', name: 'further', text: columnsTable(furtherColumns) },
  { file: 'docs/columns.md', name: 'sorts', text: sortsTable() },
  { file: 'docs/labels.md', name: 'templates', text: templatesTable() },
]

/**
 * A document with a generated part replaced by what the code says now.
 *
 * @throws Error when the document has no place for the part
 */
export function withPart(document: string, { file, name, text }: GeneratedPart): string {
  const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`]
  const [before, rest] = document.split(start)
  const [, after] = rest?.split(end) ?? []
  if (before === undefined || after === undefined)
    throw new Error(`${file} lacks ${start} or ${end}.`)
  return `${before}${start}\n\n${text}\n\n${end}${after}`
}
