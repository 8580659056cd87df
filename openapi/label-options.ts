import * as z from 'zod'
import { labelOptions, type LabelOptionName } from '../src/export-files/label-options.ts'
import { labelTemplates } from '../src/formats/pdf/templates/label-templates.ts'
import { openApiMetadata } from '../src/openapi-metadata.ts'
import type { Parameter } from './operation.ts'
import type { Schema } from './schemas.ts'

const TEMPLATES = labelTemplates.map(({ key }) => key)

const schemas: Readonly<Record<LabelOptionName, Schema>> = {
  type: { type: 'string', examples: TEMPLATES },
  template: { type: 'string', examples: TEMPLATES },
  start: { type: 'integer', minimum: 1 },
  font_size: { type: 'number', minimum: 6, maximum: 24 },
  border: { type: 'boolean' },
}

const names = Object.keys(labelOptions).filter((name) => isOption(name))

function isOption(name: string): name is LabelOptionName {
  return Object.hasOwn(labelOptions, name)
}

/** How labels are printed, as members of params. A `POST` takes any value. */
export const labelOptionMembers = Object.fromEntries(
  names.map((name) => [
    name,
    z
      .unknown()
      .optional()
      .register(openApiMetadata, {
        schema: { ...schemas[name], description: `Of labels. ${labelOptions[name]}` },
      }),
  ]),
)

/** The same as query parameters. */
export const labelParameters = (): readonly Parameter[] =>
  names.map((name) => ({
    name,
    in: 'query',
    description: `Of labels. ${labelOptions[name]}`,
    schema: schemas[name],
  }))
