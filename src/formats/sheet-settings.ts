import type { Feature } from 'write-excel-file/universal'
import { CELL_FORMATS, STYLES } from './workbook-styles.ts'

/** How sheets look on the screen and on paper, as far as write-excel-file has no right option for it. */
export const sheetSettings: Feature<Blob> = {
  files: {
    transform: {
      'xl/styles.xml': { transform: () => STYLES },
      'xl/worksheets/sheet{id}.xml': {
        transformElementAttributes: (name, attributes) =>
          name === 'c' ? { ...attributes, s: CELL_FORMATS.heading } : attributes,
        transform: (xml, _, { sheetIndex }) =>
          replaceRequired(xml, '<cols>', `${viewOf(sheetIndex)}<cols>`),
      },
    },
  },
}

/** The first sheet is the selected one. In each the heading row stays in view, above the pane that scrolls. */
const viewOf = (sheetIndex: number): string =>
  [
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetSettings${sheetIndex === 0 ? ' tabSelected="1"' : ''} workbookViewId="0">`,
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/>',
    '</sheetSettings></sheetViews>',
  ].join('')

/** What follows the rows of a sheet: the filter over all of them, and how they are printed, as many pages as it takes. */
export const sheetEndXml = (filter: string): string =>
  `</sheetData><autoFilter ref="${filter}"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`

/** Replaces what must be there. */
export function replaceRequired(xml: string, part: string, by: string): string {
  const result = xml.replace(part, () => by)
  if (result === xml) throw new Error(`write-excel-file has made a part without ${part}.`)
  return result
}
