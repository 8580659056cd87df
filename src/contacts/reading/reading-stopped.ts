/** Why contacts are no longer read for a file. */
export type StopReason = 'log_deleted' | 'access_withdrawn'

/** Stops reading contacts that the user may no longer have. It is no fault of the service. */
export class ReadingStopped extends Error {
  readonly reason: StopReason

  constructor(reason: StopReason, message: string) {
    super(message)
    this.reason = reason
  }
}
