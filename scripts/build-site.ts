import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { openApiDocument } from '../openapi/document.ts'

/**
 * Builds the static assets of the Worker: the pages, the viewer of the documentation, copied from
 * its package, and the OpenAPI document. A file whose content is unchanged is not written, so that
 * a running `wrangler dev` does not reload.
 */
const FOLDER = 'build/site'

const PAGES = ['_headers', 'console.css', 'docs.css', 'docs.html', 'icon.svg', 'index.html']
const SCRIPTS = ['site/console/console.ts', 'site/docs.ts']
const VIEWER_FILES = ['swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'swagger-ui.css']

const viewer = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')))
const scripts = await build({
  entryPoints: SCRIPTS,
  outdir: '.',
  bundle: true,
  format: 'esm',
  target: 'es2024',
  logLevel: 'warning',
  write: false,
})
const assets = new Map([
  ['openapi.json', Buffer.from(JSON.stringify(openApiDocument()))] as const,
  ...PAGES.map((file) => [file, readFileSync(join('site', file))] as const),
  ...VIEWER_FILES.map((file) => [`swagger-ui/${file}`, readFileSync(join(viewer, file))] as const),
  ...scripts.outputFiles.map(({ path, contents }) => [basename(path), contents] as const),
])

mkdirSync(join(FOLDER, 'swagger-ui'), { recursive: true })
for (const file of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
  if (file !== 'swagger-ui' && !assets.has(file)) rmSync(join(FOLDER, file))
}
for (const [file, contents] of assets) {
  if (!isAlready(join(FOLDER, file), contents)) writeFileSync(join(FOLDER, file), contents)
}

function isAlready(path: string, contents: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(contents)
  } catch {
    return false
  }
}
