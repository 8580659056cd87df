import type { Face, Glyph, GlyphId } from './face.ts'
import { fontList } from './font-list.ts'
import { glyphOfPack, GLYPHS_OF_PACK, PACKED_UNITS_PER_EM } from './glyph-packs.ts'
import { harfBuzz, type HarfBuzz } from './harfbuzz.ts'
import { readTrueType } from './true-type.ts'

/** Where fonts come from. */
export type FontSource = {
  /** The module of HarfBuzz. */
  readonly harfBuzzModule: WebAssembly.Module
  /** Reads a file that `scripts/build-fonts.ts` has made, by its name. */
  readonly read: (file: string) => Promise<Uint8Array>
}

export type FontLibrary = ReturnType<typeof fontLibrary>

/** How many bytes of packs are kept for later files. */
const PACK_BYTES = 16 * 1024 * 1024

/**
 * Loads fonts when they are needed, and keeps them for later files: whole fonts for good, 5 MB at
 * most, and the packs that were used last.
 */
export function fontLibrary({ harfBuzzModule, read }: FontSource) {
  const wholeFaces = new Map<string, Face>()
  const indexes = new Map<string, GlyphIndex>()
  const packs = recentPacks()
  let shaper: HarfBuzz | undefined
  const shaping = (): HarfBuzz => (shaper ??= harfBuzz(harfBuzzModule))

  const loadWhole = async (name: string): Promise<Face> => {
    const bytes = await read(`${name}.ttf`)
    // Another file may have loaded it meanwhile: HarfBuzz keeps a font for good.
    const loaded = wholeFaces.get(name)
    if (loaded) return loaded
    const font = readTrueType(bytes)
    let handle: number | undefined
    const face: Face = {
      name,
      unitsPerEm: font.unitsPerEm,
      glyphOf: font.glyphOf,
      glyph: (id) => ({ advance: font.advanceOf(id), outline: font.outlineOf(id) }),
      shaping: () => (handle ??= shaping().addFont(bytes)),
    }
    wholeFaces.set(name, face)
    return face
  }

  const loadIndex = async (name: string): Promise<GlyphIndex> => {
    const index = glyphIndex(await read(`${name}.index`))
    indexes.set(name, index)
    return index
  }

  const loadPack = async (file: string): Promise<Uint8Array> => {
    const known = packs.get(file)
    if (known) return known
    const pack = await read(file)
    packs.add(file, pack)
    return pack
  }

  /** A packed font with no glyphs but those that one file needs. */
  const openPacked = async (name: string): Promise<Face> => {
    const index = indexes.get(name) ?? (await loadIndex(name))
    const glyphs = new Map<GlyphId, Glyph>()
    return {
      name,
      unitsPerEm: PACKED_UNITS_PER_EM,
      glyphOf: index,
      glyph: (id) => {
        const glyph = glyphs.get(id)
        if (glyph) return glyph
        throw new Error(`Glyph ${id} of ${name} is not loaded.`)
      },
      async load(ids) {
        const wanted = Map.groupBy(
          ids.filter((id) => !glyphs.has(id)),
          (id) => Math.floor((id - 1) / GLYPHS_OF_PACK),
        )
        await Promise.all(
          Array.from(wanted, async ([number, members]) => {
            const pack = await loadPack(`${name}-${number}.pack`)
            for (const id of members) {
              const { advance, outline } = glyphOfPack(pack, (id - 1) % GLYPHS_OF_PACK)
              // A copy, so that the pack can be forgotten.
              glyphs.set(id, { advance, outline: outline.slice() })
            }
          }),
        )
      },
    }
  }

  return {
    /** @throws what `read` throws */
    open: async (name: string): Promise<Face> =>
      packedNames.has(name) ? openPacked(name) : (wholeFaces.get(name) ?? loadWhole(name)),

    /** HarfBuzz, started when it is first needed. */
    shaping,
  }
}

const packedNames: ReadonlySet<string> = new Set(
  fontList.filter(({ isPacked }) => isPacked).map(({ name }) => name),
)

/** The glyph of a code point; 0 when there is none. */
type GlyphIndex = (codePoint: number) => GlyphId

const BASIC_PLANE = 0x1_0000

/** See `glyph-packs.ts`. */
function glyphIndex(bytes: Uint8Array): GlyphIndex {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const basic = new Uint16Array(BASIC_PLANE)
  const others = new Map<number, GlyphId>()
  for (let id = 1; 4 * id <= bytes.length; id += 1) {
    const codePoint = view.getUint32(4 * (id - 1), true)
    if (codePoint < BASIC_PLANE) basic[codePoint] = id
    else others.set(codePoint, id)
  }
  return (codePoint) => (codePoint < BASIC_PLANE ? basic[codePoint] : others.get(codePoint)) ?? 0
}

/** The packs that were used last. */
function recentPacks() {
  const packs = new Map<string, Uint8Array>()
  let bytes = 0
  return {
    get(file: string): Uint8Array | undefined {
      const pack = packs.get(file)
      if (!pack) return undefined
      packs.delete(file)
      packs.set(file, pack)
      return pack
    },
    add(file: string, pack: Uint8Array): void {
      if (packs.has(file)) return
      packs.set(file, pack)
      bytes += pack.length
      for (const [oldest, { length }] of packs) {
        if (bytes <= PACK_BYTES) break
        packs.delete(oldest)
        bytes -= length
      }
    },
  }
}
