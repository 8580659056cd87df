/**
 * Compares texts by their code points, which is the order of their bytes in UTF-8 and SQLite's own;
 * JavaScript compares UTF-16 code units, of which those of surrogate pairs are too small.
 *
 * @returns less than 0, 0, or more than 0
 */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at)
    if (difference !== 0) return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at))
  }
  return a.length - b.length
}

const FIRST_SURROGATE = 0xd8_00
const FIRST_AFTER_SURROGATES = 0xe0_00

/** Code units in the order of the code points that they belong to: surrogates come last. */
function rank(unit: number): number {
  if (unit < FIRST_SURROGATE) return unit
  return unit < FIRST_AFTER_SURROGATES ? unit + 0x1_00_00 : unit
}
