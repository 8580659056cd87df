/** A contact that a filter selects, with the key of its card. */
export type SelectedContact = {
  readonly id: string
  readonly accountListId: string
  /** `undefined` when it is longer than what the selection reads of a name. */
  readonly name: string | undefined
}
