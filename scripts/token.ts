import { parseArgs } from 'node:util'
import { DEMO_USER } from './demo/demo-user.ts'
import { tokenFor } from './token-for.ts'

const USAGE = `Prints a token for local use, valid for a day: npm run token -- <user id>
The user of the demo data: npm run token -- ${DEMO_USER}
For the sync API: npm run token -- --scope sync [--account-lists <id>,<id>] [<user id>]
In a shell: export TOKEN=$(npm run -s token -- ${DEMO_USER})`

try {
  const { values, positionals } = parseArgs({
    options: { scope: { type: 'string' }, 'account-lists': { type: 'string' } },
    allowPositionals: true,
  })
  const { scope, 'account-lists': lists } = values
  const userId = positionals[0] ?? (scope === undefined ? undefined : DEMO_USER)
  if (userId === undefined || positionals.length > 1) throw new Error(USAGE)
  const claims = {
    ...(scope !== undefined && { scope }),
    ...(lists !== undefined && { account_list_ids: lists.split(',').map((id) => id.trim()) }),
  }
  console.log(await tokenFor(userId, claims))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
