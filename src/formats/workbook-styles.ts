/** The numbers of the cell formats in `STYLES`. A cell without a number has the first, for text. */
export const CELL_FORMATS = { text: 0, heading: 1, amount: 2, lines: 3 } as const

const TOP = '<alignment vertical="top"/>'
const TOP_WRAPPED = '<alignment vertical="top" wrapText="1"/>'

/** A cell format; each has its alignment, and no fill or border. */
const xf = (numberFormat: number, font: number, attributes: string, alignment: string): string =>
  `<xf numFmtId="${numberFormat}" fontId="${font}" fillId="0" borderId="0"${attributes}>` +
  `${alignment}</xf>`

/**
 * The styles part of a workbook (ECMA-376, 18.8). It is complete: where a font lacks a name or a
 * size, readers choose a font of their own, and some refuse a workbook without a default style.
 *
 * Every cell is aligned at the top, so that all cells of a row begin beside the first line of a
 * text of several lines. An amount has two decimals, with the decimal separator of the reader's
 * locale: number format 2 is built in.
 */
export const STYLES = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  '<fonts count="2">',
  '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
  '</fonts>',
  '<fills count="2">',
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  '</fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1">',
  xf(0, 0, '', TOP),
  '</cellStyleXfs>',
  '<cellXfs count="4">',
  xf(0, 0, ' xfId="0" applyAlignment="1"', TOP),
  xf(0, 1, ' xfId="0" applyFont="1" applyAlignment="1"', TOP),
  xf(2, 0, ' xfId="0" applyNumberFormat="1" applyAlignment="1"', TOP),
  xf(0, 0, ' xfId="0" applyAlignment="1"', TOP_WRAPPED),
  '</cellXfs>',
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
  '</styleSheet>',
].join('')
