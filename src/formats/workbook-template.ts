import { strFromU8, unzipSync } from 'fflate'
import writeXlsxFile, { type Sheet } from 'write-excel-file/universal'
import { documentDates } from './document-dates.ts'
import type { TableColumn, Table } from './table.ts'
import { sheetSettings } from './sheet-settings.ts'

/** A workbook without rows: everything in the package except the rows of its sheets. */
export type WorkbookTemplate = {
  /** The name of each sheet, and its XML up to the first row below the heading. */
  readonly sheets: readonly { readonly name: string; readonly head: string }[]
  /** The other parts of the package, by path. */
  readonly parts: ReadonlyMap<string, string>
}

/**
 * Makes the template with write-excel-file: parts, headings, widths. With rows, write-excel-file
 * would hold all of them in memory, and it fails in workerd beyond a few hundred.
 */
export async function workbookTemplate(
  { title, columns, madeAt }: Table,
  sheetCount: number,
): Promise<WorkbookTemplate> {
  const names = Array.from({ length: sheetCount }, (_, index) =>
    index === 0 ? title : `${title} ${index + 1}`,
  )
  const blob = await writeXlsxFile(
    names.map((name) => sheetOf(name, columns)),
    { features: [documentDates(madeAt), sheetSettings] },
  ).toBlob()
  const parts = new Map(
    Object.entries(unzipSync(new Uint8Array(await blob.arrayBuffer()))).map(([path, bytes]) => [
      path,
      strFromU8(bytes),
    ]),
  )
  const sheets = names.map((name, index) => {
    const path = `xl/worksheets/sheet${index + 1}.xml`
    const head = headOf(parts.get(path) ?? '')
    parts.delete(path)
    return { name, head }
  })
  return { sheets, parts }
}

const sheetOf = (name: string, columns: readonly TableColumn[]): Sheet<Blob> => ({
  sheet: name,
  data: [columns.map(({ heading }) => heading)],
  columns: columns.map(({ width }) => ({ width })),
})

function headOf(xml: string): string {
  const end = xml.indexOf('</sheetData>')
  if (end === -1) throw new Error('write-excel-file has made a sheet without rows.')
  return xml.slice(0, end)
}
