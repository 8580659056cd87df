import * as z from 'zod'
import type { JsonObject } from '../contacts/filter/values/json-values.ts'
import type { LabelOptions } from '../formats/labels.ts'
import { DEFAULT_TEMPLATE, findTemplate } from '../formats/pdf/templates/find-template.ts'
import { labelsOfSheet, type LabelTemplate } from '../formats/pdf/templates/label-template.ts'
import { labelTemplates } from '../formats/pdf/templates/label-templates.ts'
import { fileFormats } from '../formats/file-formats.ts'

/** The members of params, and query parameters, that say how labels are printed. */
export const labelOptions = {
  type: `The label template, \`${DEFAULT_TEMPLATE}\` by default.`,
  template: 'The same, as older clients name it.',
  start: 'The first label that is used on the first sheet, from 1.',
  font_size: 'Points, 6 to 24. Labels whose text does not fit are printed smaller.',
  border: 'Whether the outlines of labels are printed, for a trial on plain paper.',
} as const

export type LabelOptionName = keyof typeof labelOptions

export const labelOptionNames: readonly string[] = Object.keys(labelOptions)

const LEAST_FONT_SIZE = 6
const LARGEST_FONT_SIZE = 24

/** What is wrong with an option. */
export type OptionProblem = { readonly name: LabelOptionName; readonly detail: string }

/** What clients write where they name no template: nothing, or the format of the file. */
const NO_TEMPLATE: ReadonlySet<string> = new Set(['', ...fileFormats.map((one) => one.extension)])

const words = z.union([z.string(), z.number().transform(String)])
const number = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number),
])
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })])

/** Reads how labels are printed. Options that are null, or an empty text, are not given. */
export function readLabelOptions(
  params: JsonObject,
): { readonly options: LabelOptions } | { readonly problems: readonly OptionProblem[] } {
  const problems: OptionProblem[] = []
  const given = (name: LabelOptionName): unknown => {
    const value = params[name]
    return value === '' ? undefined : (value ?? undefined)
  }
  const read = <Value>(name: LabelOptionName, schema: z.ZodType<Value>, detail: string) => {
    const value = given(name)
    const { data, success } = schema.optional().safeParse(value)
    if (!success) problems.push({ name, detail })
    return data
  }

  const template = readTemplate(given, problems)
  const most = labelsOfSheet(template)
  const start = read(
    'start',
    number.pipe(z.int().min(1).max(most)),
    `'start' is a label of the first sheet, a number from 1 to ${most} on ${template.title}.`,
  )
  const fontSize = read(
    'font_size',
    number.pipe(z.number().min(LEAST_FONT_SIZE).max(LARGEST_FONT_SIZE)),
    `'font_size' is a number of points from ${LEAST_FONT_SIZE} to ${LARGEST_FONT_SIZE}.`,
  )
  const border = read('border', flag, "'border' is true or false.")
  if (problems.length > 0) return { problems }
  return {
    options: {
      template,
      start: start ?? 1,
      fontSize: fontSize ?? template.fontSize,
      border: border ?? false,
    },
  }
}

/** The template that is named, else the default one. */
function readTemplate(
  given: (name: LabelOptionName) => unknown,
  problems: OptionProblem[],
): LabelTemplate {
  for (const name of ['type', 'template'] as const) {
    const value = given(name)
    if (value === undefined) continue
    const { data } = words.safeParse(value)
    if (data !== undefined && NO_TEMPLATE.has(data.trim().toLowerCase())) continue
    const template = data === undefined ? undefined : findTemplate(data)
    if (template) return template
    problems.push({ name, detail: unknownTemplate(data) })
    break
  }
  return defaultTemplate()
}

function defaultTemplate(): LabelTemplate {
  const template = findTemplate(DEFAULT_TEMPLATE)
  if (template) return template
  throw new Error('There is no default template.')
}

function unknownTemplate(name: string | undefined): string {
  const known = labelTemplates.map(({ key }) => key).join(', ')
  const what =
    name === undefined ? 'A label template is a text.' : `'${name}' is no label template.`
  return `${what} The templates are ${known}, and the other names of these sheets at /docs/labels.`
}
