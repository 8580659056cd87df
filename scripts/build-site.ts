import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { openApiDocument } from '../openapi/document.ts'
import { guides } from './site/guides.ts'
import { consoleConstants } from './site/console-constants.ts'
import { consoleSize } from './site/console-size.ts'
import { licensesOf, packagesOf } from './site/licenses.ts'
import { navigation } from './site/navigation.ts'
import { renderGuide } from './site/render-guide.ts'

/**
 * Builds the static assets of the Worker: the pages of `site`, the guides from their Markdown, the
 * OpenAPI document, the viewer of the reference, copied from its package, and the licences of
 * everything that is shipped. A file whose content is unchanged is not written, so that a running
 * `wrangler dev` does not reload.
 */
const FOLDER = 'build/site'

const PAGES = [
  '_headers',
  'console.css',
  'docs.css',
  'guide.css',
  'icon.svg',
  'index.html',
  'signed-in.html',
]
const SCRIPTS = [
  'site/console/console.ts',
  'site/console/sign-in/signed-in.ts',
  'site/docs.ts',
  'site/guide.ts',
]
const VIEWER = 'swagger-ui-dist'
const VIEWER_FILES = ['swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'swagger-ui.css']

const viewer = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')))
const scripts = await build({
  entryPoints: SCRIPTS,
  outdir: '.',
  bundle: true,
  format: 'esm',
  target: 'es2024',
  // The console offers what the service has, but not its code.
  define: consoleConstants(),
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  write: false,
})
const shipped = [VIEWER, ...packagesOf(Object.keys(scripts.metafile.inputs))]
const template = readFileSync('site/guide.html', 'utf8')
const reference = readFileSync('site/docs.html', 'utf8')

const assets = new Map<string, Uint8Array>([
  ['openapi.json', Buffer.from(JSON.stringify(openApiDocument()))],
  ...PAGES.map((file) => [file, readFileSync(join('site', file))] as const),
  ['docs.html', Buffer.from(reference.replace('<!-- navigation -->', navigation('/docs')))],
  ...guides.map((guide) => {
    const page = renderGuide(guide, readFileSync(guide.source, 'utf8'), template)
    return [`docs/${guide.name}.html`, Buffer.from(page)] as const
  }),
  ...VIEWER_FILES.map((file) => [`swagger-ui/${file}`, readFileSync(join(viewer, file))] as const),
  ...shipped.flatMap(licensesOf),
  ...scripts.outputFiles.map(({ path, contents }) => [basename(path), contents] as const),
])

console.log(`The console has ${(consoleSize(assets) / 1000).toFixed(1)} kB gzipped.`)
mkdirSync(FOLDER, { recursive: true })
for (const file of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
  const path = join(FOLDER, file)
  if (!assets.has(file) && !isFont(file) && statSync(path).isFile()) rmSync(path)
}
for (const [file, contents] of assets) {
  const path = join(FOLDER, file)
  mkdirSync(dirname(path), { recursive: true })
  if (!isUpToDate(path, contents)) writeFileSync(path, contents)
}

/** Fonts have a script of their own, `build-fonts.ts`. */
function isFont(file: string): boolean {
  return file.split(sep)[0] === 'fonts'
}

function isUpToDate(path: string, contents: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(contents)
  } catch {
    return false
  }
}
