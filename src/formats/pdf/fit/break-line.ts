import type { Piece } from './line-pieces.ts'

/**
 * Breaks a line so that each part has at most a width. A part has at least one character.
 *
 * @param width in thousandths of an em
 */
export function breakLine(pieces: readonly Piece[], width: number): readonly string[] {
  const lines: string[] = []
  let text = ''
  let used = 0

  const end = (): void => {
    if (text.trim() !== '') lines.push(text.trim())
    text = ''
    used = 0
  }

  const add = (piece: Piece): void => {
    if (used + piece.inkWidth > width && text !== '') end()
    const finer = piece.inkWidth > width ? piece.finer() : []
    if (finer.length > 0) {
      for (const part of finer) add(part)
    } else {
      text += piece.text
      used += piece.width
    }
  }

  for (const piece of pieces) add(piece)
  end()
  return lines
}
