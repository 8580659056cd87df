import { strFromU8, unzipSync } from 'fflate'
import writeXlsxFile, { type Feature, type Sheet } from 'write-excel-file/universal'
import type { ColumnFormat, SheetFormat } from './format.ts'

/** A workbook without rows: what a package holds beside the rows of its sheets. */
export type WorkbookTemplate = {
  /** For each sheet, the XML before and after its rows. */
  readonly sheets: readonly { readonly head: string; readonly tail: string }[]
  /** For each column, the number of its style in `styles.xml`; none for plain text. */
  readonly styles: readonly (string | undefined)[]
  /** The other parts of the package, by path. */
  readonly parts: ReadonlyMap<string, string>
}

/** Two decimals, whatever the reader's locale makes of the point. */
const AMOUNT_FORMAT = '0.00'
const CORE_PROPERTIES = 'docProps/core.xml'

/**
 * Makes the template with write-excel-file: bold, frozen headings, widths, styles. As it comes, write-excel-file holds all
 * rows in memory and fails in workerd beyond a few hundred; with one sample row it only has to say how things look.
 */
export async function workbookTemplate(
  { title, columns, madeAt }: SheetFormat,
  sheetCount: number,
): Promise<WorkbookTemplate> {
  const sheets = Array.from({ length: sheetCount }, (_, index) =>
    sheetOf(index === 0 ? title : `${title} ${index + 1}`, columns),
  )
  const blob = await writeXlsxFile(sheets, { features: [corePropertiesOf(madeAt)] }).toBlob()
  const parts = new Map(
    Object.entries(unzipSync(new Uint8Array(await blob.arrayBuffer()))).map(([path, bytes]) => [
      path,
      strFromU8(bytes),
    ]),
  )
  const sheetXml = sheets.map((_, index) => {
    const path = `xl/worksheets/sheet${index + 1}.xml`
    const xml = parts.get(path) ?? ''
    parts.delete(path)
    return split(xml)
  })
  return {
    sheets: sheetXml.map(({ head, tail }) => ({ head, tail })),
    styles: columns.map(
      (_, index) =>
        new RegExp(`<c r="${columnLetters(index)}2" s="(\\d+)"`).exec(
          sheetXml[0]?.sample ?? '',
        )?.[1],
    ),
    parts,
  }
}

/** A, B, … Z, AA, AB, … */
export function columnLetters(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26))
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter
}

const sheetOf = (name: string, columns: readonly ColumnFormat[]): Sheet<Blob> => ({
  sheet: name,
  data: [
    columns.map(({ heading }) => ({ value: heading, fontWeight: 'bold' as const })),
    columns.map(({ type }) =>
      type === 'amount' ? { value: 0, type: Number, format: AMOUNT_FORMAT } : null,
    ),
  ],
  columns: columns.map(({ width }) => ({ width })),
  stickyRowsCount: 1,
})

function split(xml: string): { head: string; sample: string; tail: string } {
  const sampleAt = xml.indexOf('<row r="2"')
  const tailAt = xml.indexOf('</sheetData>')
  if (sampleAt === -1 || tailAt === -1) {
    throw new Error('The sheet of the template does not look as write-excel-file makes it.')
  }
  return {
    head: xml.slice(0, sampleAt),
    sample: xml.slice(sampleAt, tailAt),
    tail: xml.slice(tailAt),
  }
}

/** The document's dates (ECMA-376 part 2, core properties), which write-excel-file leaves out. */
function corePropertiesOf(madeAt: Date): Feature<Blob> {
  const time = `${madeAt.toISOString().slice(0, 19)}Z`
  const date = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${time}</dcterms:${name}>`
  return {
    files: {
      transform: {
        '[Content_Types].xml': {
          insert: () =>
            `<Override ContentType="application/vnd.openxmlformats-package.core-properties+xml" PartName="/${CORE_PROPERTIES}"/>`,
        },
        '_rels/.rels': {
          insert: () =>
            `<Relationship Id="rId-core-properties" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="${CORE_PROPERTIES}"/>`,
        },
      },
      write: {
        files: () => ({
          [CORE_PROPERTIES]: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${date('created')}${date('modified')}</cp:coreProperties>`,
        }),
      },
    },
  }
}
