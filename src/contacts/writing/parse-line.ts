import type * as z from 'zod'
import { countItems, namesPrototype, type GivenJson } from './given-json.ts'
import type { Line, UnreadableLine } from './line.ts'
import { badLine, type LineProblem } from './line-errors.ts'
import { lineOf } from './line-of.ts'
import { lineSchema } from './line-schema.ts'
import { LINE_TYPES, type LineType } from './line-types.ts'
import type { LineError } from './sync-types.ts'

/** The most rows that a line names, and the most items of its lists, with texts and ids. */
const MOST_ROWS = 10_000
const MOST_ITEMS = 27_000

/** The most errors of a line. */
const MOST_ERRORS = 20

type Parser = { readonly type: LineType; readonly schema: ReturnType<typeof lineSchema> }

const PARSERS: ReadonlyMap<string, Parser> = new Map(
  LINE_TYPES.map((type) => [type.name, { type, schema: lineSchema(type) }]),
)

/** Reads a line. @param json of its text; undefined where that is not a JSON object */
export function parseLine(
  number: number,
  text: string,
  json: GivenJson | undefined,
): Line | UnreadableLine {
  if (!json) {
    return refused(number, text, null, [{ detail: 'The line is not a JSON object.', path: [] }])
  }
  const { id, type } = json
  const shownId = typeof id === 'string' && id.length <= 100 ? id : null
  const refuse = (problems: readonly LineProblem[]) => refused(number, text, shownId, problems)

  const parser = typeof type === 'string' ? PARSERS.get(type) : undefined
  if (!parser) {
    const detail = `The type of a line must be one of ${[...PARSERS.keys()].join(', ')}.`
    return refuse([{ detail, path: ['type'] }])
  }
  if (countItems(json['attributes'], MOST_ITEMS) > MOST_ITEMS) {
    return refuse([{ detail: `The lists of a line have at most ${MOST_ITEMS} items.`, path: [] }])
  }
  // zod ignores this name, which has a meaning in JavaScript.
  if (text.includes('__proto__') && namesPrototype(json)) {
    return refuse([{ detail: "'__proto__' is not a member of a line.", path: ['attributes'] }])
  }
  const parsed = parser.schema.safeParse(json)
  if (!parsed.success) return refuse(problemsOf(parsed.error))
  const { attributes, removed = false } = parsed.data
  if (removed && attributes) {
    return refuse([{ detail: 'A line that removes has no attributes.', path: ['attributes'] }])
  }
  const { id: rowId } = parsed.data
  const line = lineOf({ number, text, type: parser.type, id: rowId, removed }, attributes ?? {})
  const problems = problemsOfRows(line)
  return problems.length > 0 ? refuse(problems) : line
}

/** No row may be named twice, and there is a limit to their number. */
function problemsOfRows(line: Line): LineProblem[] {
  const rows = [
    ...line.rowLists.flatMap((given) => given.rows),
    ...(line.people?.members.map(({ person }) => person) ?? []),
  ]
  if (rows.length > MOST_ROWS) {
    return [{ detail: `A line names at most ${MOST_ROWS} rows.`, path: [] }]
  }
  const seen = new Set<string>()
  const problems: LineProblem[] = []
  for (const { table, id, pointer } of rows) {
    const key = `${table.name} ${id}`
    if (seen.has(key)) {
      const detail = `The line names the ${table.title} '${id}' twice.`
      problems.push({ detail, pointer: `${pointer}/id` })
    }
    seen.add(key)
  }
  return problems
}

function problemsOf(error: z.ZodError): LineProblem[] {
  const problems: LineProblem[] = []
  for (const issue of error.issues) {
    if (problems.length >= MOST_ERRORS) break
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, MOST_ERRORS)) {
        problems.push({ detail: 'There is no such member.', path: [...issue.path, key] })
      }
    } else {
      problems.push({ detail: issue.message, path: issue.path })
    }
  }
  return problems
}

export const refused = (
  number: number,
  text: string,
  id: string | null,
  problems: readonly LineProblem[],
): UnreadableLine => ({
  number,
  text,
  id,
  errors: problems.slice(0, MOST_ERRORS).map((problem): LineError => badLine(problem)),
})
