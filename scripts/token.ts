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
  console.error('Whose token? npm run token -- <user id>')
  process.exitCode = 1
}
