import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/**
 * Makes the static assets of the Worker: our pages, and the viewer of the documentation out of its package. What is as it
 * should be is left alone, so that a Worker that runs on these files notices nothing.
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
