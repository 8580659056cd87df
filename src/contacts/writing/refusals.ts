import type { CompleteOptions, Removal, SyncOutcome } from './sync-types.ts'

/** Why a request is refused. */
export type Refusal = Extract<SyncOutcome['end'], { state: 'refused' }>

export const badRequest = (detail: string): Refusal => ({ state: 'refused', status: 400, detail })
export const tooLarge = (detail: string): Refusal => ({ state: 'refused', status: 413, detail })

export const tooManyRemovals = (
  { unnamed }: Removal,
  { type }: CompleteOptions,
  most: number,
): Refusal => ({
  state: 'refused',
  status: 409,
  detail:
    `The body does not name ${unnamed} ${type} of the account list, and at most ` +
    `${Math.floor(most)} may be removed. Nothing is removed; the lines are written. ` +
    `If this is right, send them again with max_removals=${unnamed}.`,
})
