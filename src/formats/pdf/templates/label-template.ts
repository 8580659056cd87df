/** A sheet of labels, or an envelope. Lengths are in points, from the upper left corner. */
export type LabelTemplate = {
  /** How params name it: `L7160`. */
  readonly key: string
  /** How people name it: `Avery L7160`. */
  readonly title: string
  readonly pageWidth: number
  readonly pageHeight: number
  readonly across: number
  readonly down: number
  /** Of the first label. */
  readonly left: number
  readonly top: number
  /** From one label to the next. */
  readonly pitchX: number
  readonly pitchY: number
  /** Of a label. */
  readonly width: number
  readonly height: number
  /** The radius of its corners. */
  readonly corner: number
  /** Between its edge and its text. */
  readonly insetX: number
  readonly insetY: number
  /** The usual font size. */
  readonly fontSize: number
}

/** How many labels are on a sheet. */
export const labelsOfSheet = ({ across, down }: LabelTemplate): number => across * down

/** The left and upper edge of a label of a sheet, which are counted by rows, from 0. */
export const labelPosition = (
  { left, top, pitchX, pitchY, across }: LabelTemplate,
  index: number,
): { readonly x: number; readonly y: number } => ({
  x: left + (index % across) * pitchX,
  y: top + Math.floor(index / across) * pitchY,
})
