import { textIfAny } from '../texts/texts.ts'

/** A format of the service, and the forms in which it gives it. */
type FileFormat = {
  readonly extension: string
  readonly title: string
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
}

/** The kinds of files, those for people first. */
export const fileKinds: readonly FileKind[] = FILE_FORMATS.flatMap((format) => kindsOf(format))

function kindsOf({ extension, title, variants }: FileFormat): FileKind[] {
  const ofVariants = variants.map(({ name, title: ofVariant }) =>
    kindOf(`${name}.${extension}`, extension, name, `${title} ${ofVariant}`),
  )
  return [...ofVariants, kindOf(extension, extension, undefined, title)]
}

function kindOf(
  id: string,
  extension: string,
  variant: string | undefined,
  title: string,
): FileKind {
  return { id, extension, variant, title: textIfAny(`format.${id}`) ?? title }
}

export const fileKind = (id: string): FileKind | undefined =>
  fileKinds.find((kind) => kind.id === id)

/** Labels are laid out on sheets, and have no columns. */
export const isLabels = ({ extension }: FileKind): boolean => extension === 'pdf'

/** The kind of a kept file by the end of its name, such as `mailing.bom.csv`. */
export const kindOfKept = (name: string): FileKind | undefined =>
  fileKind(name.replace(/^mailing\./, ''))
