import harfBuzzModule from 'harfbuzzjs/dist/harfbuzz.wasm'
import { fontLibrary, type FontLibrary } from '../formats/pdf/fonts/font-library.ts'
import { retry } from '../retry.ts'

/** An isolate passes the same binding to all of its requests. */
const libraries = new WeakMap<Fetcher, FontLibrary>()

/** The fonts of labels, from the static assets of the Worker. */
export function labelFonts(assets: Fetcher): FontLibrary {
  const known = libraries.get(assets)
  if (known) return known
  const read = (file: string) => retry(() => readAsset(assets, `/fonts/${file}`))
  const library = fontLibrary({ harfBuzzModule, read })
  libraries.set(assets, library)
  return library
}

/** The binding asks for a URL, and heeds only its path. */
async function readAsset(assets: Fetcher, path: string): Promise<Uint8Array> {
  const response = await assets.fetch(new URL(path, 'https://assets.local'))
  if (response.ok) return new Uint8Array(await response.arrayBuffer())
  await response.body?.cancel()
  throw new Error(`Static asset ${path} responded with ${response.status}.`)
}
