/** What the console draws of a template; lengths are in points. */
export type LabelTemplate = {
  readonly id: string
  readonly page: { readonly width: number; readonly height: number }
  readonly across: number
  readonly down: number
  readonly label: { readonly width: number; readonly height: number }
  /** Where the first label begins. */
  readonly first: { readonly left: number; readonly top: number }
  /** From one label to the next. */
  readonly pitch: { readonly x: number; readonly y: number }
}

/** The service's own list of templates, set when the site is built. */
declare const LABEL_TEMPLATES: readonly LabelTemplate[]

export const labelTemplates = LABEL_TEMPLATES

export const labelTemplate = (id: string): LabelTemplate | undefined =>
  labelTemplates.find((one) => one.id.toLowerCase() === shortName(id)) ?? labelTemplates[0]

/** People write `Avery 5160` for `5160`. */
const shortName = (id: string): string => id.toLowerCase().replace(/^avery|[\s-]/g, '')

export const labelsOf = ({ across, down }: LabelTemplate): number => across * down
