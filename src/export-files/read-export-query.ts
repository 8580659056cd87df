import { snakeCase } from '../contacts/filter/values/json-values.ts'
import { schemaOf } from '../contacts/filter/keys/keys.ts'
import { ignoredKeys, readFilter } from '../contacts/filter/read-filter.ts'
import { badRequest, type Problem } from '../http/errors.ts'
import { queryParameters } from '../http/query-parameters.ts'
import { fileOptionNames, fileOptions } from '../export-logs/file-options.ts'
import type { LogParams } from '../export-logs/log-params.ts'
import { filterOf, KEY_FORM, type Refuse } from '../http/json-api/filter-parameters.ts'

/** A parameter that is part of the filter, valid or not. */
const FILTER = /^filter($|\[)/

/** Parameters for others: the token, those of campaigns, and one that bypasses caches. */
const FOREIGN = /^(access_token|utm_.*|_)$/s

/**
 * Reads the query string of a file or a preview: the filter, in one of the forms of {@link
 * filterOf}, and the options of the file. The response cannot show that a part of the request was
 * ignored, so every parameter and every key of the filter must be known. A damaged one
 * (`&amp;filter[tags]=…`) must not select everybody.
 *
 * @param today the UTC day of the export, `2022-01-12`
 * @param others further parameters that the route knows
 * @returns the params of a log with the same filter and options
 * @throws HttpError 400 for everything invalid in the query string
 */
export function readExportQuery(
  url: string,
  today: string,
  others: readonly string[] = [],
): LogParams {
  const parameters = queryParameters(url)
  const problems: Problem[] = []
  const refuse: Refuse = (parameter, detail) => problems.push({ detail, source: { parameter } })
  refuseUnknown(parameters, [...fileOptionNames, ...others], refuse)
  const filter = filterOf(parameters, refuse)
  const read = readFilter(filter, today)
  const isWhole = typeof filter === 'string'
  const refuseKey: Refuse = (key, detail) => refuse(isWhole ? 'filter' : `filter[${key}]`, detail)
  for (const key of ignoredKeys(filter)) {
    refuseKey(key, `'${key}' is not a key of the filter. The keys are listed at /docs.`)
  }
  for (const { key, detail } of 'problems' in read ? read.problems : []) {
    if (key === undefined) refuse('filter', detail)
    else refuseKey(key, detail)
  }
  const given = optionsOf(parameters, refuse)
  const options = fileOptions.safeParse(given)
  for (const { message, path } of options.error?.issues ?? []) refuse(String(path[0]), message)
  if ('filter' in read && options.success && problems.length === 0) {
    const sent = filter === undefined ? given : { filter, ...given }
    return { ...options.data, sent, filter: read.filter }
  }
  throw badRequest(...problems)
}

function refuseUnknown(
  parameters: URLSearchParams,
  others: readonly string[],
  refuse: Refuse,
): void {
  const known = ['filter', ...others].join(', ')
  for (const name of new Set(parameters.keys())) {
    if (others.includes(name) || FILTER.test(name) || FOREIGN.test(name)) continue
    const meant = meantBy(name, others)
    const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`
    // The hint comes first: an error cuts what stands between two quotes when it is long.
    refuse(name, `There is no parameter '${name}' here.${hint} There is ${known}. ${KEY_FORM}`)
  }
}

/** The options of the file, as they were sent. */
function optionsOf(parameters: URLSearchParams, refuse: Refuse): Readonly<Record<string, string>> {
  const given = fileOptionNames.flatMap((name) => {
    const [value, ...others] = parameters.getAll(name)
    if (others.length > 0) refuse(name, `'${name}' is given twice.`)
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(given)
}

const GUESSED_LENGTH = 100

/**
 * The parameter that was probably meant: its name is part of the given one, or it is a key without
 * `filter[]`.
 */
function meantBy(name: string, others: readonly string[]): string | undefined {
  if (name.length > GUESSED_LENGTH) return undefined
  const [, bracketed] = /filters?((?:\[[^[\]]*\])+)/i.exec(name) ?? []
  if (bracketed !== undefined) return `filter${bracketed}`
  const [word = ''] = /[a-z][\w-]*$/i.exec(name.replace(/\[.*/s, '')) ?? []
  if (word === 'filter' || others.includes(word)) return word
  return schemaOf(snakeCase(word)) ? `filter[${word}]` : undefined
}
