import type { FontLibrary } from './pdf/fonts/font-library.ts'
import type { LabelTemplate } from './pdf/templates/label-template.ts'

/** What is printed on one label. */
export type Label = {
  /** Its lines, separated by LF. The first says for whom it is, the last ones where that is. */
  readonly text: string
  /** The ISO 3166-1 alpha-2 code of the country, which decides the forms of Han characters. */
  readonly country: string | undefined
}

/** How labels are printed. */
export type LabelOptions = {
  readonly template: LabelTemplate
  /** The first label that is used on the first sheet, from 1. */
  readonly start: number
  /** In points. Labels whose text does not fit are printed smaller. */
  readonly fontSize: number
  /** Whether the outlines of labels are printed, for a trial on plain paper. */
  readonly border: boolean
}

/** What a format needs to know before the first label. */
export type LabelSheets = LabelOptions & {
  readonly madeAt: Date
  /** A UUID, which identifies the file. */
  readonly id: string
  readonly fonts: FontLibrary
}

/** How the text of a label was made to fit. */
export type Fit = { readonly isShrunk: boolean; readonly isCut: boolean }
