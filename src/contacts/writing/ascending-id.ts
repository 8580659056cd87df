const COUNTER_BITS = 12

/**
 * Ids that sort in the order in which they are made: UUIDs of version 7 (RFC 9562). A counter in
 * place of random bits keeps the order of ids of one millisecond.
 */
export function ascendingIds(): () => string {
  let time = 0
  let count = 0
  return () => {
    const now = Date.now()
    if (now > time) {
      time = now
      count = 0
    } else if (++count === 1 << COUNTER_BITS) {
      time += 1
      count = 0
    }
    const start = time.toString(16).padStart(12, '0')
    const counter = count.toString(16).padStart(3, '0')
    return `${start.slice(0, 8)}-${start.slice(8)}-7${counter}-${crypto.randomUUID().slice(19)}`
  }
}
