import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Builds the fonts of labels, as wrangler does before it serves or deploys. */
export default function setUp(): void {
  const root = join(import.meta.dirname, '..')
  execFileSync(process.execPath, ['scripts/build-fonts.ts'], { cwd: root, stdio: 'inherit' })
}
