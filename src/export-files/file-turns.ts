import { hasPendingRequests } from '../streams/pending-requests.ts'

/** How long a file stays behind requests, at the most, at each of its chunks. */
const MOST_BEHIND_MILLISECONDS = 15

/** How long a file stays behind requests in all: so much, and a share of the time since it began. */
const BEHIND_MILLISECONDS = 1000
const BEHIND_SHARE = 0.03

/** A turn ends after this time even if its chunk is not there: a call that hangs holds up no other file. */
const TURN_MILLISECONDS = 1000

/** How often a file looks whether its turn has come. */
const LOOK_MILLISECONDS = 2

/** A file that has not looked for so long belongs to a request that was cut off. */
const ALIVE_MILLISECONDS = 1000

/** Where the time comes from: tests have a clock of their own. */
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
type Waiting = { readonly since: number; seenAt: number; readonly leftAt: number | undefined }

/**
 * What the files of this isolate know of each other. It is plain data that each of them looks at: a request of Cloudflare
 * must not wait for a promise of another one.
 */
const waiting = new Set<Waiting>()
let turn: { readonly until: number } | undefined
let lastTurnWasOfReader = false

/** A file whose chunks come in turns. */
export type FileInTurns<Chunk> = {
  readonly chunks: AsyncGenerator<Chunk>
  /** To be told when the client goes away. */
  readonly clientLeft: () => void
}

/**
 * The same chunks, each of them made in a turn of its file. An isolate does one thing at a time: one of its files makes a
 * chunk while the others wait, and before each chunk whatever else waits has its turn.
 *
 * Files with a client take turns in the order in which they come. Files whose client has left have a deadline
 * (`waitUntil`): they are finished one after the other, and have every second turn while others have clients.
 *
 * Requests go before files. In a local run D1 works in the thread of the Worker, so that a request waits for each statement
 * of a file: a file that stays behind for a few milliseconds lets it be answered. On Cloudflare D1 is another machine, and
 * the thread is free while a file waits for its pages: what remains is the time in which a page becomes bytes, some 10 ms,
 * and staying behind costs the file more than it gives the request. Hence the bound: a second, and 3 % of the time that the
 * file takes, which is below 5 % for a file of a million contacts (it takes over a minute).
 */
export function inTurns<Chunk>(
  source: AsyncGenerator<Chunk>,
  clock = systemClock,
): FileInTurns<Chunk> {
  const startedAt = clock.now()
  let behind = 0
  let leftAt: number | undefined

  const stayBehind = async (): Promise<void> => {
    const from = clock.now()
    const most = Math.min(
      MOST_BEHIND_MILLISECONDS,
      BEHIND_MILLISECONDS + (from - startedAt) * BEHIND_SHARE - behind,
    )
    for (let waits = 0; waits === 0 || waits < most; waits += 1) {
      await clock.wait(1)
      const now = clock.now()
      if (now - from >= most || !clock.hasPendingRequests(now)) break
    }
    behind += clock.now() - from
  }

  async function* chunks(): AsyncGenerator<Chunk> {
    try {
      for (let isFirst = true; ; isFirst = false) {
        // The first chunk depends on no contact: it leaves at once.
        const end = isFirst ? () => undefined : await takeTurn(clock, leftAt)
        try {
          if (!isFirst) await stayBehind()
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
    clientLeft: () => {
      leftAt ??= clock.now()
    },
  }
}

/** Waits for the next turn. @returns what ends it */
async function takeTurn(clock: Clock, leftAt: number | undefined): Promise<() => void> {
  const file: Waiting = { since: clock.now(), seenAt: clock.now(), leftAt }
  try {
    while (!isNext(file, clock.now())) await clock.wait(LOOK_MILLISECONDS)
  } finally {
    waiting.delete(file)
  }
  const mine = { until: clock.now() + TURN_MILLISECONDS }
  turn = mine
  lastTurnWasOfReader = leftAt === undefined
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
    else if (isReader(other) !== isReader(file)) othersWait = true
    else if (other !== file && isBefore(other, file)) return false
  }
  return !othersWait || isReader(file) !== lastTurnWasOfReader
}

const isReader = ({ leftAt }: Waiting): boolean => leftAt === undefined

/** Of two files of a kind: those without a client go by when it left, so that the first is finished first. */
const isBefore = (one: Waiting, other: Waiting): boolean =>
  (one.leftAt ?? one.since) < (other.leftAt ?? other.since)
