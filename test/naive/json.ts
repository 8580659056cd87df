/** A text of JSON as the page reads it: its value, and the members that an object has twice, by the outermost member they are in. */
export function readJson(text: string): { value: unknown; twice: string[] } {
  const twice: string[] = []
  let rest = text

  const isNext = (sign: string): boolean => {
    rest = rest.trimStart()
    if (!rest.startsWith(sign)) return false
    rest = rest.slice(sign.length)
    return true
  }
  const expectNext = (sign: string): void => {
    if (!isNext(sign)) throw new SyntaxError(`'${sign}' is missing.`)
  }
  const literal = (): unknown => {
    const [found = ''] = /^("(\\.|[^"\\])*"|[-+.\w]+)/.exec(rest.trimStart()) ?? []
    expectNext(found)
    return JSON.parse(found)
  }
  const value = (outermost?: string): unknown => {
    if (isNext('{')) {
      const members: [string, unknown][] = []
      if (isNext('}')) return {}
      do {
        const name = String(literal())
        if (members.some(([other]) => other === name)) twice.push(outermost ?? name)
        expectNext(':')
        members.push([name, value(outermost ?? name)])
      } while (isNext(','))
      expectNext('}')
      return Object.fromEntries(members)
    }
    if (!isNext('[')) return literal()
    const items: unknown[] = []
    if (isNext(']')) return items
    do items.push(value(outermost))
    while (isNext(','))
    expectNext(']')
    return items
  }

  const all = value()
  if (rest.trim() !== '') throw new SyntaxError('There is something behind the value.')
  return { value: all, twice }
}
