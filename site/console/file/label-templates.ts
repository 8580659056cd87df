import { DEFAULT_TEMPLATE, findTemplate } from '../../../src/formats/pdf/templates/find-template.ts'
import type { LabelTemplate } from '../../../src/formats/pdf/templates/label-template.ts'

/** The template by any of its names; the usual one for a name that is unknown. */
export const labelTemplate = (name: string): LabelTemplate | undefined =>
  findTemplate(name) ?? findTemplate(DEFAULT_TEMPLATE)
