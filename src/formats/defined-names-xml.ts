/** A sheet that is complete: its name, and the area of its cells, such as `A1:Z100`. */
export type FilledSheet = { readonly name: string; readonly area: string }

/**
 * The names that a workbook defines (ECMA-376, 18.2.6): for each sheet the heading row that is printed on every page, and the
 * area of the filter, which Excel notes here as well.
 */
export const definedNamesXml = (sheets: readonly FilledSheet[]): string =>
  `<definedNames>${sheets
    .map(({ name, area }, index) => {
      const sheet = `'${name.replaceAll("'", "''").replaceAll('&', '&amp;').replaceAll('<', '&lt;')}'!`
      const cells = area.replace(/[A-Z]+|\d+/g, '$$$&')
      return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${sheet}${cells}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="${index}">${sheet}$1:$1</definedName>`
    })
    .join('')}</definedNames>`
