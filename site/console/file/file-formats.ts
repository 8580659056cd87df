import { textIfAny } from '../texts/texts.ts'

/** A format of the service, and the forms in which it gives it. */
type FileFormat = {
  readonly extension: string
  readonly title: string
  readonly layout: string
  readonly variants: readonly { readonly name: string; readonly title: string }[]
}

/** The service's own list of formats, set when the site is built. */
declare const FILE_FORMATS: readonly FileFormat[]

/** A kind of file to choose: a format, in one of its variants or without one. */
export type FileKind = {
  /** As it ends the name of a kept file: `bom.csv`, `csv`, `xlsx`. */
  readonly id: string
  readonly extension: string
  readonly variant: string | undefined
  readonly title: string
  /** Labels are laid out on sheets, and have no columns. */
  readonly isLabels: boolean
}

/** The kinds of files, those for people first. */
export const fileKinds: readonly FileKind[] = FILE_FORMATS.flatMap((format) => kindsOf(format))

function kindsOf({ extension, title, layout, variants }: FileFormat): FileKind[] {
  const isLabels = layout === 'labels'
  const kindOf = (id: string, variant: string | undefined, usual: string): FileKind => ({
    id,
    extension,
    variant,
    title: textIfAny(`format.${id}`) ?? usual,
    isLabels,
  })
  const ofVariants = variants.map((one) =>
    kindOf(`${one.name}.${extension}`, one.name, `${title} ${one.title}`),
  )
  return [...ofVariants, kindOf(extension, undefined, title)]
}

export const fileKind = (id: string): FileKind | undefined =>
  fileKinds.find((kind) => kind.id === id)

/** The kind of a kept file by the end of its name, such as `mailing.bom.csv`. */
export const kindOfKept = (name: string): FileKind | undefined =>
  fileKind(name.replace(/^mailing\./, ''))
