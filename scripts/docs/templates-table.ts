import { otherNamesOf } from '../../src/formats/pdf/templates/find-template.ts'
import type { LabelTemplate } from '../../src/formats/pdf/templates/label-template.ts'
import { labelTemplates } from '../../src/formats/pdf/templates/label-templates.ts'
import { code, table } from './table.ts'

const INCH = 72
const MILLIMETER = INCH / 25.4

/** The templates of labels, from the list in the code. */
export const templatesTable = (): string =>
  table(
    ['template', 'sheet', 'labels', 'label', 'font size', 'the same sheet'],
    labelTemplates.map((template) => [
      code(template.key),
      sheetOf(template),
      `${template.across} × ${template.down}`,
      sizeOf(template, template.width, template.height),
      `${template.fontSize} pt`,
      otherNamesOf(template).map(code).join(' '),
    ]),
  )

const isLetter = ({ pageWidth }: LabelTemplate): boolean => pageWidth === 8.5 * INCH

function sheetOf(template: LabelTemplate): string {
  const { pageWidth, pageHeight, across, down } = template
  if (across * down === 1) return sizeOf(template, pageWidth, pageHeight)
  return isLetter(template) ? 'US Letter' : 'A4'
}

/** In the unit of its data sheet. */
function sizeOf(template: LabelTemplate, width: number, height: number): string {
  const inInches = isLetter(template) || template.key === 'Envelope10'
  const unit = inInches ? INCH : MILLIMETER
  const [x, y] = [width, height].map((length) => String(Number((length / unit).toFixed(3))))
  return `${x} × ${y} ${inInches ? 'in' : 'mm'}`
}
