/**
 * Thrown when a user may no longer have a file that is under way: its log was deleted, or an account
 * list that has contacts in it can no longer be read. Nothing is wrong with the service.
 */
export class AccessWithdrawn extends Error {
  readonly reason: 'log_deleted' | 'access_withdrawn'

  constructor(reason: AccessWithdrawn['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}
