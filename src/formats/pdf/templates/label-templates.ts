import type { LabelTemplate } from './label-template.ts'

const POINT = 1
const INCH = 72
const MILLIMETER = INCH / 25.4

/** A template in the unit of its data sheet. Labels of a sheet are right below each other. */
type Row = readonly [
  key: string,
  across: number,
  down: number,
  width: number,
  height: number,
  left: number,
  top: number,
  pitchX: number,
  corner: number,
  insetX: number,
  insetY: number,
  fontSize: number,
]

/** Avery's sheets of US Letter, in inches. */
const LETTER_SHEETS: readonly Row[] = [
  ['5160', 3, 10, 2.625, 1, 0.1875, 0.5, 2.75, 0.0625, 0.1, 0.03, 10],
  ['5161', 2, 10, 4, 1, 0.15625, 0.5, 4.1875, 0.0625, 0.1, 0.03, 11],
  ['5162', 2, 7, 4, 4 / 3, 0.15625, 5 / 6, 4.1875, 0.0625, 0.1, 0.03, 12],
  ['5163', 2, 5, 4, 2, 0.15625, 0.5, 4.1875, 0.125, 0.15, 0.08, 14],
  ['5164', 2, 3, 4, 10 / 3, 0.15625, 0.5, 4.1875, 0.125, 0.15, 0.08, 16],
]

/** Avery's sheets of A4, in millimetres. */
const A4_SHEETS: readonly Row[] = [
  ['L7159', 3, 8, 64, 33.86, 6.46, 13.06, 66.54, 1.76, 2.5, 0.8, 10.5],
  ['L7160', 3, 7, 63.5, 38.1, 7.21, 15.15, 66.04, 1.76, 2.5, 0.8, 11],
  ['L7161', 3, 6, 63.5, 46.56, 7.21, 8.82, 66.04, 2.5, 2.5, 0.8, 11],
  ['L7162', 2, 8, 99.06, 33.87, 4.67, 13.02, 101.6, 1.76, 3.5, 1, 11],
  ['L7163', 2, 7, 99.06, 38.1, 4.67, 15.15, 101.6, 1.76, 3.5, 1, 12],
  ['L7164', 3, 4, 63.5, 71.97, 7.21, 4.57, 66.04, 3, 2.5, 0.8, 12],
  ['L7165', 2, 4, 99.06, 67.73, 4.67, 13.04, 101.6, 0, 3.5, 1, 14],
  ['L7173', 2, 5, 99.06, 57, 4.67, 6, 101.6, 1.76, 3.5, 1, 14],
  ['L7651', 5, 13, 38.1, 21.17, 4.67, 10.9, 40.64, 1.76, 1.5, 0.6, 7],
]

/**
 * Zweckform's sheets of A4, in millimetres. Their labels reach the edge of the sheet, on which
 * printers do not print: their insets are wider.
 */
const ZWECKFORM_SHEETS: readonly Row[] = [
  ['3474', 3, 8, 70, 37, 0, 0.5, 70, 0, 5, 4, 11],
  ['3475', 3, 8, 70, 36, 0, 4.5, 70, 0, 5, 1.5, 11],
]

/** Each with its page. Its one label is the box of the address. */
const ENVELOPES: readonly (readonly [
  title: string,
  unit: number,
  page: readonly [width: number, height: number],
  row: Row,
])[] = [
  ['Envelope No. 10', POINT, [684, 297], ['Envelope10', 1, 1, 360, 126, 288, 126, 0, 0, 2, 2, 12]],
  [
    'Envelope DL',
    MILLIMETER,
    [220, 110],
    ['EnvelopeDL', 1, 1, 105, 50, 100, 45, 0, 0, 0.7, 0.7, 12],
  ],
  ['Envelope C6', MILLIMETER, [162, 114], ['EnvelopeC6', 1, 1, 85, 50, 65, 50, 0, 0, 0.7, 0.7, 12]],
]

const LETTER = [8.5, 11] as const
const A4 = [210, 297] as const

/**
 * Every template. The figures are those of LibreOffice's `labels.xml`, which agree with gLabels;
 * the corners are gLabels'.
 */
export const labelTemplates: readonly LabelTemplate[] = [
  ...LETTER_SHEETS.map((row) => template(`Avery ${row[0]}`, INCH, LETTER, row)),
  ...A4_SHEETS.map((row) => template(`Avery ${row[0]}`, MILLIMETER, A4, row)),
  ...ZWECKFORM_SHEETS.map((row) => template(`Zweckform ${row[0]}`, MILLIMETER, A4, row)),
  ...ENVELOPES.map(([title, unit, page, row]) => template(title, unit, page, row)),
]

function template(
  title: string,
  unit: number,
  [pageWidth, pageHeight]: readonly [width: number, height: number],
  [key, across, down, ...lengths]: Row,
): LabelTemplate {
  const [width, height, left, top, pitchX, corner, insetX, insetY, fontSize] = lengths
  return {
    key,
    title,
    pageWidth: pageWidth * unit,
    pageHeight: pageHeight * unit,
    across,
    down,
    left: left * unit,
    top: top * unit,
    pitchX: pitchX * unit,
    pitchY: down === 1 ? 0 : height * unit,
    width: width * unit,
    height: height * unit,
    corner: corner * unit,
    insetX: insetX * unit,
    insetY: insetY * unit,
    fontSize,
  }
}
