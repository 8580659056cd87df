import { cardTriggers } from './card-triggers.ts'

const BREAKPOINT = '--> statement-breakpoint\n'

const TABLE = 'CREATE TABLE `contact_cards`'

const COMMENT = `-- A card goes when something that it contains is written. The following triggers are written by
-- npm run migrations:triggers from the list in scripts/migrations/card-triggers.ts.
`

/** The text of the migration with the triggers of cards, which follow the table of cards. */
export function withCardTriggers(migration: string): string {
  const statements = migration
    .trimEnd()
    .split(BREAKPOINT)
    .map((statement) => statement.trimEnd())
    .filter((statement) => !/^CREATE TRIGGER `card_/m.test(statement))
  const end = 1 + statements.findIndex((statement) => statement.includes(TABLE))
  const [first, ...others] = cardTriggers()
  const all = [...statements.slice(0, end), `${COMMENT}${first}`, ...others, ...statements.slice(end)]
  return `${all.join(`\n${BREAKPOINT}`)}\n`
}
