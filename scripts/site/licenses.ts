import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files by which a package says how it may be used. */
const LICENSE_FILE = /^(?:licen[cs]e|notice)(?:\.(?:md|txt))?$/i

/** The packages that the files of a bundle come from. */
export const packagesOf = (files: readonly string[]): ReadonlySet<string> =>
  new Set(
    files.flatMap((file) => {
      const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? []
      return name === undefined ? [] : [name]
    }),
  )

/**
 * The licences of a package, by their file names on the site.
 *
 * @throws Error when the package has none: it must not be shipped then
 */
export function licensesOf(name: string): readonly (readonly [file: string, text: Buffer])[] {
  const folder = join('node_modules', name)
  const files = readdirSync(folder).filter((file) => LICENSE_FILE.test(file))
  if (files.length === 0) throw new Error(`${name} has no file with its licence.`)
  return files.map((file) => [
    `licenses/${name.replace('/', '-')}-${file.replace(/\..*/, '')}.txt`,
    readFileSync(join(folder, file)),
  ])
}
