import type { Database } from '../db/client.ts'
import type { Env } from '../env.ts'

/** What is known of every request. */
export type RequestEnv = {
  Bindings: Env
  Variables: {
    /** What Cloudflare calls it, or we. It stands in every log line, and in the answer where the fault is ours. */
    readonly requestId: string
    readonly startedAt: number
    readonly database: Database
    /** The file that was given out, as the log of requests names it. */
    readonly file?: string
    /** To be told when the response has left: whether all of it, and how many bytes. */
    readonly sent?: (isWhole: boolean, bytes: number) => void
    readonly userId?: string
  }
}
