/** What the lines of a batch remove. What they write, the state says itself. */
export type PendingWrites = {
  /** Pairs of a contact and a person who is left out by a line. A later line may name them. */
  readonly formerMembers: (readonly [contactId: string, personId: string])[]
  /** By table of a list of rows: owners whose rows that no line names go. */
  readonly clearedOwners: Map<string, Set<string>>
  /** By table: rows that lines remove with all they own. */
  readonly removed: Map<string, Set<string>>
}

export const noWrites = (): PendingWrites => ({
  formerMembers: [],
  clearedOwners: new Map(),
  removed: new Map(),
})
