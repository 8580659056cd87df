import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scheduler } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { fontLibrary } from '../../src/formats/pdf/fonts/font-library.ts'
import type { Fit, Label, LabelOptions } from '../../src/formats/labels.ts'
import { pdf } from '../../src/formats/pdf/pdf.ts'
import { findTemplate } from '../../src/formats/pdf/templates/find-template.ts'
import type { LabelTemplate } from '../../src/formats/pdf/templates/label-template.ts'

// workerd has it as a global, Node as a module.
Object.assign(globalThis, { scheduler })

const FONTS = join(import.meta.dirname, '../../build/site/fonts')

const bytesOf = (path: string) => new Uint8Array(readFileSync(path))

const harfBuzzModule = await compiled(
  bytesOf(fileURLToPath(import.meta.resolve('harfbuzzjs/dist/harfbuzz.wasm'))),
)

/** The types are those of a Worker, which compiles nothing at run time. */
async function compiled(bytes: Uint8Array): Promise<WebAssembly.Module> {
  const compile: unknown = Reflect.get(WebAssembly, 'compile')
  const module: unknown =
    typeof compile === 'function' && (await Reflect.apply(compile, WebAssembly, [bytes]))
  if (module instanceof WebAssembly.Module) return module
  throw new Error('HarfBuzz cannot be compiled.')
}

/** The fonts that `scripts/build-fonts.ts` has made. @param opened is told each file */
export const builtFonts = (opened: (file: string) => void = () => undefined) =>
  fontLibrary({
    harfBuzzModule,
    read: async (file) => {
      opened(file)
      return bytesOf(join(FONTS, file))
    },
  })

export function templateOf(name: string): LabelTemplate {
  const template = findTemplate(name)
  if (template) return template
  throw new Error(`There is no template ${name}.`)
}

type Printing = Partial<Omit<LabelOptions, 'template'>> & {
  readonly fonts?: ReturnType<typeof fontLibrary>
}

const fontsOfTests = builtFonts()

/** The chunks of a file with labels. */
export function labelChunks(
  name: string,
  pages: Iterable<readonly Label[]> | AsyncIterable<readonly Label[]>,
  { fonts = fontsOfTests, ...options }: Printing = {},
  fitted: (fit: Fit) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const template = templateOf(name)
  const sheets = {
    template,
    start: 1,
    fontSize: template.fontSize,
    border: false,
    ...options,
    fonts,
    madeAt: new Date('2022-01-12T17:18:07Z'),
    id: '0b1ba012-c41d-4534-b1c9-f7295dec6aa5',
  }
  return pdf.encode(sheets, eachOf(pages), fitted)
}

/** A whole file with labels. */
export async function printLabels(
  name: string,
  texts: readonly string[],
  options: Printing & { readonly country?: string } = {},
): Promise<Uint8Array> {
  const { country, ...printing } = options
  const chunks: Uint8Array[] = []
  const labels = texts.map((text) => ({ text, country }))
  for await (const chunk of labelChunks(name, [labels], printing)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* eachOf<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* items
}
