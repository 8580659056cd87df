import type { SyncOutcome } from './sync-types.ts'

/** Why a request is refused. */
export type Refusal = Extract<SyncOutcome['end'], { state: 'refused' }>

export const tooLarge = (detail: string): Refusal => ({ state: 'refused', status: 413, detail })
