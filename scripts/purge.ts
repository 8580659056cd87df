import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { openDatabase } from '../src/db/client.ts'
import {
  discardFilesOf,
  removeDiscardedFiles,
  removeFailuresOf,
} from '../src/storage/cleanup/purge.ts'
import { openBindings } from './bindings.ts'

/**
 * Removes every kept file that contains contacts of an account list, and the refused lines of runs
 * that might have written it, for a request to erase personal data.
 */

const USAGE = 'Whose files? npm run purge -- --account-list <id> [--remote]'

/**
 * How often, and after which pause, unfinished productions are checked: they clean up after
 * themselves.
 */
const ROUNDS = 20
const ROUND_MILLISECONDS = 10_000

const { values } = parseArgs({
  options: { 'account-list': { type: 'string' }, remote: { type: 'boolean', default: false } },
})
const { success, data } = z.guid().safeParse(values['account-list'])
if (success) await purge(data.toLowerCase(), values.remote)
else {
  console.error(USAGE)
  process.exitCode = 1
}

async function purge(accountListId: string, remote: boolean): Promise<void> {
  const { env, dispose } = await openBindings(remote)
  try {
    const database = openDatabase(env.DB)
    await discardFilesOf(database, accountListId)
    console.log('Nobody is given a file with contacts of this account list any more.')
    for (let round = 1; ; round += 1) {
      const failuresLeft = await removeFailuresOf(database, env.FILES, accountListId)
      const files = await removeDiscardedFiles(database, env.FILES)
      const { removed } = files
      const left = files.left + failuresLeft
      console.log(`Removed ${removed} files; ${left} are left.`)
      if (left === 0) return
      if (round === ROUNDS) break
      await setTimeout(ROUND_MILLISECONDS)
    }
    console.error('Some files could not be removed yet. Run it again; the sweep tries too.')
    process.exitCode = 1
  } finally {
    await dispose()
  }
}
