/** A JSON object, as a line gives it. */
export type GivenJson = Readonly<Record<string, unknown>>

/** Whether the text of a line is JSON, and an object. */
export function readJson(text: string): GivenJson | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return isObject(json) ? json : undefined
  } catch {
    return undefined
  }
}

/** The items of all lists, also of those in the items of lists. It stops at some number. */
export function countItems(value: unknown, most: number): number {
  if (!isObject(value)) return 0
  let items = 0
  for (const member of Object.values(value)) {
    if (!Array.isArray(member)) continue
    items += member.length
    if (items > most) return items
    for (const item of member) {
      if (!isObject(item)) continue
      for (const list of Object.values(item)) items += Array.isArray(list) ? list.length : 0
    }
  }
  return items
}

/** Whether an object of a line, or of a list of it, has a member of that name. */
export function namesPrototype(value: unknown): boolean {
  const waiting: unknown[] = [value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue
    if (Object.hasOwn(next, '__proto__')) return true
    for (const member of Object.values(next)) {
      if (typeof member === 'object' && member !== null) waiting.push(member)
    }
  }
  return false
}

const isObject = (value: unknown): value is GivenJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
