/** What a value of a filter's key is, and so by which control it is chosen. */
export type ValueKind =
  | 'amounts'
  | 'dates'
  | 'days'
  | 'flag'
  | 'ids'
  | 'list'
  | 'numbers'
  | 'text'
  | 'word'
  | 'words'
  | 'yesNo'

/** What the console knows of a key of the filter. */
export type FilterControl = {
  readonly key: string
  /** The group of the documents that it belongs to. */
  readonly group: string
  /** The rest of a sentence that begins with "contacts", for a key without words of its own. */
  readonly selects: string
  readonly kind: ValueKind
  /** The only words that it takes, or those that mean something among others. */
  readonly words: readonly string[]
  readonly isReversible: boolean
  /** Whether the service suggests values. */
  readonly isSuggested: boolean
}

/** The service's own list of keys, set when the site is built. */
declare const FILTER_CONTROLS: readonly FilterControl[]

export const filterControls = FILTER_CONTROLS

const byKey = new Map(filterControls.map((control) => [control.key, control]))

export const filterControl = (key: string): FilterControl | undefined => byKey.get(key)
