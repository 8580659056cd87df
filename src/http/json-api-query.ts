import { badRequest, type Problem } from './errors.ts'

/** Parts of a document that the caller asked for. */
export type DocumentQuery = {
  /** The only members of a log to show; all where there is no such list. */
  readonly fields: readonly string[] | undefined
  readonly includeUser: boolean
}

/**
 * Reads `fields[export_logs]` and `include` (JSON:API 1.1, query parameters). A name that is all small letters belongs to
 * JSON:API: one that is not known here is a 400, as the specification wants; others are left to whom they concern.
 */
export function readDocumentQuery(url: string, fieldNames: readonly string[]): DocumentQuery {
  const problems: Problem[] = []
  let fields: readonly string[] | undefined
  let includeUser = false
  for (const [parameter, value] of new URL(url).searchParams) {
    const items = value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
    const refuse = (detail: string) => problems.push({ detail, source: { parameter } })
    if (parameter === 'fields[export_logs]') {
      fields = items
      for (const name of items.filter((item) => !fieldNames.includes(item))) {
        refuse(`export_logs have no field '${name}'; they have ${fieldNames.join(', ')}.`)
      }
    } else if (parameter === 'include') {
      includeUser = items.includes('user')
      for (const name of items.filter((item) => item !== 'user')) {
        refuse(`'${name}' cannot be included; 'user' can.`)
      }
    } else if (/^[a-z]+(\[.*)?$/.test(parameter)) {
      refuse(
        `There is no query parameter '${parameter}' here; there are fields[export_logs] and include.`,
      )
    }
  }
  if (problems.length > 0) throw badRequest(...problems)
  return { fields, includeUser }
}
