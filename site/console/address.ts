import { fileOf, fileParams, type FilterValues, type FormState } from './form-state.ts'

/**
 * What is chosen stands in the fragment of the address, which browsers send to nobody:
 * `#filter={"status":"hidden"}&format=xlsx&columns=contact_name,tags&sort=zip`.
 */

/** Browsers take longer addresses, but neither mail programs nor people do. */
const LONGEST = 60_000

/** Entries of the history belong to the session that made them. */
type EntryState = { readonly session: string }

export type Address = {
  readonly state: FormState | undefined
  /** Whether the part about contacts that are brought in is shown. */
  readonly isRuns: boolean
}

export function readAddress(): Address {
  const parameters = new URLSearchParams(location.hash.slice(1))
  const isRuns = parameters.has('runs')
  const isGiven = ['filter', 'format', 'columns', 'sort', 'type'].some((one) => parameters.has(one))
  if (!isGiven) return { state: undefined, isRuns }
  const filter = objectOf(parameters.get('filter') ?? '{}')
  const file = fileOf(Object.fromEntries(parameters), parameters.get('format'))
  return { state: { filter, file }, isRuns }
}

/** @returns whether the address holds all of it: a very long filter does not fit. */
export function writeAddress({ filter, file }: FormState, session: string): boolean {
  const parameters = new URLSearchParams()
  if (Object.keys(filter).length > 0) parameters.set('filter', JSON.stringify(filter))
  parameters.set('format', file.kind)
  if (file.columns === 'mailing') parameters.set('columns', 'mailing')
  for (const [name, value] of Object.entries(fileParams(file))) {
    parameters.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  const hash = `#${parameters.toString()}`
  const fits = hash.length <= LONGEST
  const shown = fits ? hash : '#'
  if (shown !== location.hash) history.pushState(entryOf(session), '', shown)
  return fits
}

export const writeRuns = (session: string): void => history.pushState(entryOf(session), '', '#runs')

/** Marks the entry that is shown as one of this session. */
export const claimEntry = (session: string): void =>
  history.replaceState(entryOf(session), '', location.hash || location.pathname)

/** Whether the entry that is shown was made in another session of this tab. */
export function isOfAnotherSession(session: string): boolean {
  const state: unknown = history.state
  const made: unknown = Object(state).session
  return typeof made === 'string' && made !== session
}

/** Leaves nothing of a session in the address. */
export const clearAddress = (): void => history.replaceState(null, '', location.pathname)

const entryOf = (session: string): EntryState => ({ session })

function objectOf(json: string): FilterValues {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : {}
  } catch {
    return {}
  }
}
