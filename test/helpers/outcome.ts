import { env } from 'cloudflare:workers'
import { accountListsById } from '../../src/contacts/reading/rows/account-lists-by-id.ts'
import { newCards, readCards } from '../../src/contacts/reading/cards/read-cards.ts'
import type { SelectedContact } from '../../src/contacts/reading/selection/selected-contact.ts'
import { noAccessCheck } from '../../src/contacts/reading/access-check.ts'
import { contactPages } from '../../src/contacts/reading/rows/contact-pages.ts'
import { newReading } from '../../src/contacts/reading/rows/reading.ts'
import { readFilter } from '../../src/contacts/filter/read-filter.ts'
import { openSelection } from '../../src/contacts/reading/selection/load-stretch.ts'
import { selectedPages } from '../../src/contacts/reading/selection/selected-pages.ts'
import { openDatabase } from '../../src/db/client.ts'
import { accountListsInScope } from '../../src/export-logs/account-lists-in-scope.ts'
import { HttpError } from '../../src/http/errors.ts'
import type { Outcome } from '../naive/evaluate.ts'
import { TODAY } from '../naive/random-world.ts'
import type { World } from '../naive/world.ts'

/** What the Worker makes of a filter, in a world that is in the database. */
export async function outcomeOf(world: World, userId: string, filter: unknown): Promise<Outcome> {
  const read = readFilter(filter, TODAY)
  if ('problems' in read) return { badKeys: read.problems.map(({ key }) => key) }
  const readable = world.account_list_users
    .filter((row) => row.user_id === userId)
    .map((row) => row.account_list_id)
  try {
    const accountListIds = accountListsInScope(read.filter, readable)
    const database = openDatabase(env.DB)
    const selection = { accountListIds, filter: read.filter, today: TODAY }
    const selected = selectedPages(database, openSelection(selection))
    const lists = await accountListsById(database, accountListIds)
    const names: string[] = []
    const listsById = new Map(lists.map((list) => [list.id, list]))
    const reading = newReading(database, noAccessCheck)
    const cards = newCards()
    const rowsOf = (page: readonly SelectedContact[]) => readCards(page, reading, cards, false)
    for await (const page of contactPages(selected, listsById, reading, rowsOf)) {
      names.push(...page.map(({ name }) => name))
    }
    return { names }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    return { missingList: / id '(.*)' /.exec(error.message)?.[1] ?? error.message }
  }
}
