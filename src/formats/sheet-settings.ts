import type { Feature } from 'write-excel-file/universal'
import { replaceRequired } from './replace-required.ts'
import { CELL_FORMATS, STYLES } from './workbook-styles.ts'

/** How sheets look on the screen and on paper, where write-excel-file has no suitable option. */
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

/** The first sheet is selected. The heading row of each stays in view above the rows. */
const viewOf = (sheetIndex: number): string =>
  [
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView${sheetIndex === 0 ? ' tabSelected="1"' : ''} workbookViewId="0">`,
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/>',
    '</sheetView></sheetViews>',
  ].join('')

/**
 * The XML after the rows of a sheet: the filter over all rows, and the layout of printed pages.
 *
 * @param filterArea such as `A1:Z100`
 */
export const sheetEndXml = (filterArea: string): string =>
  [
    `</sheetData><autoFilter ref="${filterArea}"/>`,
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
    '<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>',
  ].join('')
