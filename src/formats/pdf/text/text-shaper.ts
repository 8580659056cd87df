import type { Face, GlyphId } from '../fonts/face.ts'
import type { FontLibrary } from '../fonts/font-library.ts'
import { BASIC_FONT, fontsFor, type HanForm } from '../fonts/font-list.ts'
import { subsetOf, type PrintedGlyph, type Subset } from '../fonts/subset.ts'
import { lineBuilder, type Line } from './line-builder.ts'
import { hasRightToLeft, visualRuns, type DirectedText } from './visual-runs.ts'

/** Text whose Han characters are drawn in one form. */
export type FormedText = { readonly text: string; readonly form: HanForm }

/** The basic font has the characters before these, and none of them needs shaping. */
const BEYOND_LATIN = /[^\0-\u024f]/
const FIRST_CHOSEN = 0x250

/** Marks, scripts whose letters depend on their neighbours, joiners, and emoji. */
const NEEDS_SHAPING =
  /[\p{M}\p{Join_Control}\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc\u{1f000}-\u{1faff}]/u

/** What belongs to the character before it, whatever its own font is. */
const JOINS = /[\p{M}\p{Join_Control}\p{Emoji_Modifier}]/u

/** What stands before the first mark or joiner of a cluster. */
const BEFORE_MARKS = /^[^\p{Mn}\p{Cf}]+/u

const SPACE = 0x20

/** Makes one emoji of several. */
const JOINER = '\u200d'

/** What is not seen. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u

/** Glyphs of shaped words that are remembered: names of people and places are repeated. */
const MOST_WORD_GLYPHS = 200_000

/** With more glyphs, fonts are written and others begun. A font has 65,535 at most. */
const MANY_GLYPHS = 40_000

type Font = { readonly index: number; readonly subset: Subset }

type FontGlyph = { readonly font: number; readonly glyph: PrintedGlyph }

/** Lays out lines of text for one file, and collects the glyphs that they need. */
export function textShaper(library: FontLibrary) {
  let fonts = new Map<string, Font>()
  let faces = new Map<string, Face>()
  let facesOf = new Map<string, Face | undefined>()
  let glyphs = new Map<HanForm, Map<number, FontGlyph | undefined>>()
  /** The same for characters that look the same in every form. */
  let latin: (FontGlyph | undefined)[] = []
  let words = new Map<string, readonly PrintedGlyph[]>()
  let wordGlyphs = 0
  let laidOut = 0
  let count = 0

  const faceOf = async (name: string): Promise<Face> => {
    const known = faces.get(name)
    if (known) return known
    const face = await library.open(name)
    faces.set(name, face)
    return face
  }

  const basicFace = (): Face => {
    const face = faces.get(BASIC_FONT)
    if (face) return face
    throw new Error('The text was not prepared.')
  }

  const fontOf = (face: Face): Font => {
    const known = fonts.get(face.name)
    if (known) return known
    const font = { index: count, subset: subsetOf(face) }
    count += 1
    fonts.set(face.name, font)
    return font
  }

  /** The face that has a character; the basic one when none has it. */
  const chosenFace = (codePoint: number, form: HanForm): Face =>
    facesOf.get(`${form}${codePoint}`) ?? basicFace()

  const chooseFace = async (codePoint: number, form: HanForm): Promise<Face | undefined> => {
    for (const name of fontsFor(codePoint, form)) {
      const face = await faceOf(name)
      if (face.glyphOf(codePoint) !== 0) return face
    }
    return undefined
  }

  /** The glyph of a character by itself; `undefined` for one that is not seen. */
  const glyphOf = (character: string, form: HanForm): FontGlyph | undefined => {
    let ofForm = glyphs.get(form)
    if (!ofForm) glyphs.set(form, (ofForm = new Map()))
    const codePoint = character.codePointAt(0) ?? 0
    const known = ofForm.get(codePoint)
    if (known || ofForm.has(codePoint)) return known
    const face = chosenFace(codePoint, form)
    const id = face.glyphOf(codePoint)
    const { index, subset } = fontOf(face)
    const glyph =
      id === 0 && IGNORABLE.test(character)
        ? undefined
        : {
            font: index,
            glyph: id === 0 ? subset.addMissing(character) : subset.addGlyph(id, character),
          }
    ofForm.set(codePoint, glyph)
    return glyph
  }

  const addLatin = (line: ReturnType<typeof lineBuilder>, text: string, form: HanForm): void => {
    for (let index = 0; index < text.length; index += 1) {
      const found = (latin[text.charCodeAt(index)] ??= glyphOf(text.charAt(index), form))
      if (found) line.add(found.font, found.glyph)
    }
  }

  const addPlain = (line: ReturnType<typeof lineBuilder>, text: string, form: HanForm): void => {
    if (!BEYOND_LATIN.test(text)) return addLatin(line, text, form)
    for (const character of text) {
      const found = glyphOf(character, form)
      if (found) line.add(found.font, found.glyph)
    }
  }

  /**
   * The glyphs of a word, from left to right: one for each cluster, with its text. Programs that
   * read a PDF take a glyph whose text has a mark for one without a width, and one that ends in a
   * joiner for none. So what follows the first character is the text of an empty glyph.
   */
  const shape = (face: Face, handle: number, { text, isRightToLeft }: DirectedText) => {
    const { subset } = fontOf(face)
    const shaped = library.shaping().shape(handle, text, isRightToLeft)
    const starts = [...new Set(shaped.map(({ cluster }) => cluster))].toSorted((a, b) => a - b)
    const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? text.length]))
    const clusters = Map.groupBy(shaped, ({ cluster }) => cluster)
    return Array.from(clusters).flatMap(([cluster, members]) => {
      let pen = 0
      const parts = members.map(({ id, advance, x, y }) => {
        const part = { id, x: pen + x, y }
        pen += advance
        return part
      })
      const ofCluster = text.slice(cluster, ends.get(cluster))
      const [base = ofCluster] = BEFORE_MARKS.exec(ofCluster) ?? []
      const glyph = subset.add(parts, pen, base)
      if (base === ofCluster) return [glyph]
      const marks = subset.add([], 0, ofCluster.slice(base.length))
      return isRightToLeft ? [marks, glyph] : [glyph, marks]
    })
  }

  const shapedWord = (face: Face, handle: number, word: DirectedText) => {
    const key = `${face.name}${word.isRightToLeft ? '<' : '>'}${word.text}`
    const known = words.get(key)
    if (known) return known
    const shaped = shape(face, handle, word)
    wordGlyphs += shaped.length
    if (wordGlyphs > MOST_WORD_GLYPHS) {
      words.clear()
      wordGlyphs = shaped.length
    }
    words.set(key, shaped)
    return shaped
  }

  const addShaped = (
    line: ReturnType<typeof lineBuilder>,
    face: Face,
    { text, isRightToLeft }: DirectedText,
    form: HanForm,
  ): void => {
    const handle = face.shaping?.()
    if (handle === undefined) return addPlain(line, text, form)
    const { index } = fontOf(face)
    const hasSpace = face.glyphOf(SPACE) !== 0
    const parts = text.match(/ +|[^ ]+/g) ?? []
    for (const part of isRightToLeft ? parts.toReversed() : parts) {
      if (!hasSpace && part.startsWith(' ')) addPlain(line, part, form)
      else {
        for (const glyph of shapedWord(face, handle, { text: part, isRightToLeft })) {
          line.add(index, glyph)
        }
      }
    }
  }

  /** Adds text of one direction, each part of it in its font. */
  const addDirected = (
    line: ReturnType<typeof lineBuilder>,
    { text, isRightToLeft }: DirectedText,
    form: HanForm,
  ): void => {
    const parts: { readonly face: Face; text: string }[] = []
    for (const character of text) {
      const last = parts.at(-1)
      const face = chosenFace(character.codePointAt(0) ?? 0, form)
      const isJoined =
        last &&
        (last.face === face ||
          JOINS.test(character) ||
          character === ' ' ||
          last.text.endsWith(JOINER))
      if (isJoined) last.text += character
      else parts.push({ face, text: character })
    }
    for (const part of isRightToLeft ? parts.toReversed() : parts) {
      if (isRightToLeft || NEEDS_SHAPING.test(part.text)) {
        addShaped(line, part.face, { text: part.text, isRightToLeft }, form)
      } else addPlain(line, part.text, form)
    }
  }

  return {
    /** Loads what the lines of these texts need. To be called before they are laid out. */
    async prepare(texts: readonly FormedText[]): Promise<void> {
      await faceOf(BASIC_FONT)
      const wanted = new Map<Face, GlyphId[]>()
      for (const { text, form } of texts) {
        if (!BEYOND_LATIN.test(text)) continue
        for (const character of text) {
          const codePoint = character.codePointAt(0) ?? 0
          const key = `${form}${codePoint}`
          if (codePoint < FIRST_CHOSEN || facesOf.has(key) || IGNORABLE.test(character)) continue
          const face = await chooseFace(codePoint, form)
          facesOf.set(key, face)
          const ids = face && wanted.get(face)
          if (ids) ids.push(face.glyphOf(codePoint))
          else if (face?.load) wanted.set(face, [face.glyphOf(codePoint)])
        }
      }
      for (const [face, ids] of wanted) await face.load?.(ids)
    },

    /** @param isRightToLeft the direction of a line that is part of a longer one */
    line(text: string, form: HanForm, isRightToLeft?: boolean): Line {
      laidOut += text.length
      const line = lineBuilder()
      if (!BEYOND_LATIN.test(text) || (!NEEDS_SHAPING.test(text) && !isRightToLeft)) {
        addPlain(line, text, form)
        return line.end(text, isRightToLeft ?? false)
      }
      if (!hasRightToLeft(text) && isRightToLeft !== true) {
        addDirected(line, { text, isRightToLeft: false }, form)
        return line.end(text, false)
      }
      const directed = visualRuns(text, isRightToLeft)
      for (const part of directed.parts) addDirected(line, part, form)
      return line.end(text, directed.isRightToLeft)
    },

    /** How much text was laid out so far, in UTF-16 units: what takes the time of a file. */
    laidOut: (): number => laidOut,

    /** Whether the fonts have so many glyphs that they should be taken. */
    isFull(): boolean {
      let size = 0
      for (const { subset } of fonts.values()) size += subset.size()
      return size > MANY_GLYPHS
    },

    /**
     * The fonts that lines refer to. Nothing is added to them any more, and what follows has to be
     * prepared anew.
     */
    takeFonts(): readonly Font[] {
      const taken = [...fonts.values()]
      fonts = new Map()
      faces = new Map()
      facesOf = new Map()
      glyphs = new Map()
      latin = []
      words = new Map()
      wordGlyphs = 0
      return taken
    },
  }
}
