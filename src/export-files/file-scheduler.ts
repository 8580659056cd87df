import { hasPendingRequests } from '../streams/pending-requests.ts'

/**
 * The chunks of a file of some 1,000 contacts: the headings, the first contacts, the others, and
 * what formats add at the end. They are no more work than the responses to other requests, and are
 * made at once.
 */
export const CHUNKS_AT_ONCE = 5

/** The longest time that a file waits for requests before a chunk. */
const MOST_WAIT_MILLISECONDS = 15

/** How long a file waits for requests in all: a time, and a share of the time since it began. */
const WAIT_MILLISECONDS = 1000
const WAIT_SHARE = 0.03

/**
 * A turn ends after this time even without its chunk, so that a call that hangs does not block
 * other files.
 */
const TURN_MILLISECONDS = 1000

/** How often a file checks whether it is its turn. */
const POLL_MILLISECONDS = 2

/** A file that has not checked for this long belongs to a request that was aborted. */
const ALIVE_MILLISECONDS = 1000

/** The time, and whether requests wait. Tests have a clock of their own. */
export type Clock = {
  readonly now: () => number
  readonly wait: (milliseconds: number) => Promise<void>
  readonly hasPendingRequests: (now: number) => boolean
}

const systemClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds) => scheduler.wait(milliseconds),
  hasPendingRequests,
}

/** A file that waits for its turn. Times are in milliseconds since 1970. */
type Waiting = {
  readonly since: number
  seenAt: number
  readonly disconnectedAt: number | undefined
}

/**
 * The files of this isolate that wait. This is plain data that each file polls, because on
 * Cloudflare a request must not wait for a promise of another request.
 */
const waiting = new Set<Waiting>()
let turn: { readonly until: number } | undefined
let lastTurnHadClient = false

/** A file that is produced in turns with others. */
export type ScheduledFile<Chunk> = {
  readonly chunks: AsyncGenerator<Chunk>
  /** To be called when the client disconnects. */
  readonly clientDisconnected: () => void
}

/**
 * The same chunks, each but the first ones made in a turn of its file. An isolate does one thing at a time: one file
 * makes a chunk while the others wait, and before each chunk everything else that waits gets its
 * turn.
 *
 * Files with a client take turns in the order in which they come. Files whose client has
 * disconnected have a deadline (`waitUntil`): they are completed one after the other, and get every
 * second turn while others have clients.
 *
 * Requests come before files. In a local run D1 works in the thread of the Worker, and a request
 * waits for each statement of a file: a file that waits a few milliseconds lets it be answered. On
 * Cloudflare D1 runs on another machine, and the thread is free while a file waits for its pages.
 * Only the conversion of a page to bytes blocks it, for some 10 ms, and waiting costs the file more
 * than the request gains. Hence the bound: a second, and 3 % of the time that the file takes. That
 * is below 5 % for a file of a million contacts, which takes over a minute.
 */
export function scheduleFile<Chunk>(
  source: AsyncGenerator<Chunk>,
  clock = systemClock,
): ScheduledFile<Chunk> {
  const startedAt = clock.now()
  let waited = 0
  let disconnectedAt: number | undefined

  const waitForRequests = async (): Promise<void> => {
    const from = clock.now()
    const most = Math.min(
      MOST_WAIT_MILLISECONDS,
      WAIT_MILLISECONDS + (from - startedAt) * WAIT_SHARE - waited,
    )
    for (let waits = 0; waits === 0 || waits < most; waits += 1) {
      await clock.wait(1)
      const now = clock.now()
      if (now - from >= most || !clock.hasPendingRequests(now)) break
    }
    waited += clock.now() - from
  }

  async function* chunks(): AsyncGenerator<Chunk> {
    try {
      for (let made = 0; ; made += 1) {
        const needsTurn = made >= CHUNKS_AT_ONCE
        const end = needsTurn ? await takeTurn(clock, disconnectedAt) : () => undefined
        try {
          if (needsTurn) await waitForRequests()
          const { done, value } = await source.next()
          if (done) return
          end()
          yield value
        } finally {
          end()
        }
      }
    } finally {
      await source.return(undefined)
    }
  }

  return {
    chunks: chunks(),
    clientDisconnected: () => {
      disconnectedAt ??= clock.now()
    },
  }
}

/** Waits for the next turn. @returns a function that ends the turn */
async function takeTurn(clock: Clock, disconnectedAt: number | undefined): Promise<() => void> {
  const file: Waiting = { since: clock.now(), seenAt: clock.now(), disconnectedAt }
  try {
    while (!isNext(file, clock.now())) await clock.wait(POLL_MILLISECONDS)
  } finally {
    waiting.delete(file)
  }
  const mine = { until: clock.now() + TURN_MILLISECONDS }
  turn = mine
  lastTurnHadClient = disconnectedAt === undefined
  return () => {
    if (turn === mine) turn = undefined
  }
}

function isNext(file: Waiting, now: number): boolean {
  file.seenAt = now
  waiting.add(file)
  if (turn && now < turn.until) return false
  let othersWait = false
  for (const other of waiting) {
    if (now - other.seenAt > ALIVE_MILLISECONDS) waiting.delete(other)
    else if (hasClient(other) !== hasClient(file)) othersWait = true
    else if (other !== file && isBefore(other, file)) return false
  }
  return !othersWait || hasClient(file) !== lastTurnHadClient
}

const hasClient = ({ disconnectedAt }: Waiting): boolean => disconnectedAt === undefined

/**
 * Orders two files that both have a client, or both have none. Files without a client are ordered
 * by when it disconnected, so that the first is completed first.
 */
const isBefore = (one: Waiting, other: Waiting): boolean =>
  (one.disconnectedAt ?? one.since) < (other.disconnectedAt ?? other.since)
