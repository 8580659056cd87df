import { existsSync } from 'node:fs'

/**
 * Says what is missing where the scripts could not run. In JavaScript, because an older Node must
 * be able to read it.
 */
const reason = whatIsMissing()
if (reason !== undefined) {
  console.error(reason)
  process.exit(1)
}

function whatIsMissing() {
  if (!existsSync('node_modules/wrangler')) {
    return 'The packages are not installed. Run `npm ci` first.'
  }
  if (!process.features.typescript) {
    return (
      `This is Node ${process.versions.node}, and the package that brings Node 24 is not ` +
      'complete: the install scripts of the packages have not run. ' +
      'Run `npm ci --ignore-scripts=false`.'
    )
  }
  return undefined
}
