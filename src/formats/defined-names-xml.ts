/** A sheet with all of its rows: its name, and the area of its cells, such as `A1:Z100`. */
export type FilledSheet = { readonly name: string; readonly area: string }

/**
 * The names that a workbook defines (ECMA-376, 18.2.6). Each sheet has two: the area of its filter,
 * which Excel expects here as well, and the heading row, which is printed on every page.
 */
export const definedNamesXml = (sheets: readonly FilledSheet[]): string =>
  `<definedNames>${sheets.map(sheetNamesXml).join('')}</definedNames>`

function sheetNamesXml({ name, area }: FilledSheet, index: number): string {
  const quoted = name.replaceAll("'", "''").replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const cells = area.replace(/[A-Z]+|\d+/g, '$$$&')
  const sheet = `localSheetId="${index}"`
  return [
    `<definedName name="_xlnm._FilterDatabase" ${sheet} hidden="1">'${quoted}'!${cells}`,
    `</definedName><definedName name="_xlnm.Print_Titles" ${sheet}>'${quoted}'!$1:$1`,
    '</definedName>',
  ].join('')
}
