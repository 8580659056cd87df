import type { Database } from '../db/client.ts'
import type { Env } from '../env.ts'

/** The bindings, and the variables of every request. */
export type RequestEnv = {
  Bindings: Env
  Variables: {
    /** In every log line, and in the response of a 500. */
    readonly requestId: string
    readonly startedAt: number
    readonly database: Database
    /** The file that was sent, as the request log names it. */
    readonly file?: string
    /** Called when the response has left: whether all of it, and how many bytes. */
    readonly sent?: (isComplete: boolean, bytes: number) => void
    readonly userId?: string
  }
}
