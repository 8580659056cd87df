/** The corners of two rectangles, one in the other, each from the point before. */
const POINTS: readonly (readonly [x: number, y: number])[] = [
  [50, 0],
  [0, 700],
  [400, 0],
  [0, -700],
  [-350, 50],
  [300, 0],
  [0, 600],
  [-300, 0],
]

const ON_CURVE = 1

/** The outline for a character that no font has: an empty box, for 1,000 units an em. */
export const NOT_DEFINED: Uint8Array = (() => {
  const flags = 16
  const deltas = flags + POINTS.length
  const view = new DataView(new ArrayBuffer(deltas + 4 * POINTS.length))
  // Contours, extent, the last point of each contour, no instructions.
  for (const [index, value] of [2, 50, 0, 450, 700, 3, 7, 0].entries()) {
    view.setInt16(2 * index, value)
  }
  for (const [index, [x, y]] of POINTS.entries()) {
    view.setUint8(flags + index, ON_CURVE)
    view.setInt16(deltas + 2 * index, x)
    view.setInt16(deltas + 2 * (POINTS.length + index), y)
  }
  return new Uint8Array(view.buffer)
})()
