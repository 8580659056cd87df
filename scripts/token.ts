import { DEMO_USER } from './demo/demo-user.ts'
import { tokenFor } from './token-for.ts'

const [userId] = process.argv.slice(2)
if (userId) {
  try {
    console.log(await tokenFor(userId))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
} else {
  console.error(`Prints a token for local use, valid for a day: npm run token -- <user id>
The user of the demo data: npm run token -- ${DEMO_USER}
In a shell: export TOKEN=$(npm run -s token -- ${DEMO_USER})`)
  process.exitCode = 1
}
