import { call, type Call } from '../helpers/api.ts'
import { newId } from '../helpers/contacts.ts'

const SAVED_FILTERS = '/api/v2/contacts/saved_filters'
const FILTER_VALUES = '/api/v2/contacts/filter_values'

/** Whether a path is one of values or of saved filters. */
export const isChoice = (path: string): boolean =>
  path.startsWith(SAVED_FILTERS) || path.startsWith(FILTER_VALUES)

/** A saved filter of the user. @returns its id */
async function saved(): Promise<string> {
  const { text } = await call(SAVED_FILTERS, { method: 'POST', ...bodyOf({ name: newId() }) })
  return JSON.parse(text).data.id
}

const bodyOf = (attributes: object, members: object = {}): Call => ({
  headers: { 'Content-Type': 'application/vnd.api+json' },
  body: JSON.stringify({ data: { type: 'saved_filters', ...members, attributes } }),
})

/** A request that is right, or that is answered with a status of its own kind. */
export async function choiceRequest(
  path: string,
  method: string,
  status: number,
): Promise<readonly [url: string, init?: Call]> {
  if (path === FILTER_VALUES) {
    const scope = status === 404 ? `&filter[account_list_id]=${newId()}` : ''
    return [status === 400 ? path : `${path}?key=tags${scope}`]
  }
  const id = await saved()
  const url = path.replace('{id}', id)
  if (method === 'GET' || method === 'DELETE') {
    if (status === 404) return [path.replace('{id}', newId())]
    if (status === 400) return [path.includes('{id}') ? path.replace('{id}', 'x') : `${url}?x=y`]
    return [url]
  }
  const members = method === 'PATCH' ? { id } : {}
  const right = bodyOf({ name: newId(), filter: { status: 'active', colour: 'red' } }, members)
  switch (status) {
    case 400:
      return [url, bodyOf({ name: '' }, members)]
    case 404:
      return [url, bodyOf({ name: newId(), filter: { account_list_id: newId() } }, members)]
    case 409:
      return [url, bodyOf({ name: newId() }, { ...members, type: 'contacts' })]
    case 413:
      return [url, { ...right, body: ' '.repeat(1024 * 1024 + 1) }]
    case 415:
      return [url, { ...right, headers: { 'Content-Type': 'text/plain' } }]
    default:
      return [url, right]
  }
}
