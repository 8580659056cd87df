/** A call: `R2 put`, and of D1 the text of its statements. */
export type BindingCall = { readonly name: string; readonly statements: readonly string[] }

/** What happens around a call: it decides whether and when the call is made. */
export type Around = (call: BindingCall, make: () => Promise<unknown>) => Promise<unknown>

type Names = ReadonlySet<string>

/** The calls of D1 that take a round trip, and those of R2. */
const DATABASE_CALLS: Names = new Set(['all', 'batch', 'first', 'raw', 'run'])
const BUCKET_CALLS: Names = new Set([
  'abort',
  'complete',
  'createMultipartUpload',
  'delete',
  'get',
  'head',
  'list',
  'put',
  'uploadPart',
])

/** What these calls return has calls of its own. */
const GIVERS: Names = new Set([
  'bind',
  'createMultipartUpload',
  'prepare',
  'resumeMultipartUpload',
  'withSession',
])

/** The bindings, with something around each call that takes a round trip. */
export function wrapBindings(
  bindings: { readonly DB: D1Database; readonly FILES: R2Bucket },
  around: Around,
): { readonly DB: D1Database; readonly FILES: R2Bucket } {
  const originals = new WeakMap<object, object>()
  /** The text of a statement. */
  const texts = new WeakMap<object, string>()
  const textsOf = (statements: unknown): string[] =>
    (Array.isArray(statements) ? statements : [statements]).map((statement) => {
      const own = unwrapped(statement)
      return (typeof own === 'object' && own !== null && texts.get(own)) || ''
    })

  const wrapped = <Target extends object>(target: Target, kind: string, calls: Names): Target => {
    const proxy = new Proxy(target, {
      get(object, name) {
        const member: unknown = Reflect.get(object, name, object)
        if (typeof member !== 'function' || typeof name !== 'string') return member
        // What our own code has put in the place of a method is no call by itself.
        if (Object.hasOwn(object, name)) return member
        const call = (...values: unknown[]): unknown => {
          const result: unknown = Reflect.apply(member, object, values.map(original))
          if (!GIVERS.has(name)) return result
          if (name === 'prepare') noteText(result, String(values[0]))
          if (name === 'bind') noteText(result, textsOf(object).join())
          return result instanceof Promise
            ? result.then((given) => wrappedIfObject(given, kind, calls))
            : wrappedIfObject(result, kind, calls)
        }
        if (!calls.has(name)) return call
        return (...values: unknown[]): Promise<unknown> => {
          const statements = kind === 'D1' ? textsOf(name === 'batch' ? values[0] : object) : []
          return around({ name: `${kind} ${name}`, statements }, async () => call(...values))
        }
      },
    })
    originals.set(proxy, target)
    return proxy
  }

  const noteText = (statement: unknown, text: string): void => {
    if (typeof statement === 'object' && statement !== null) texts.set(statement, text)
  }

  const wrappedIfObject = (value: unknown, kind: string, calls: Names): unknown =>
    typeof value === 'object' && value !== null ? wrapped(value, kind, calls) : value

  const unwrapped = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? (originals.get(value) ?? value) : value

  /** A batch is given the statements themselves. */
  const original = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unwrapped)
    return unwrapped(value)
  }

  return {
    DB: wrapped(bindings.DB, 'D1', DATABASE_CALLS),
    FILES: wrapped(bindings.FILES, 'R2', BUCKET_CALLS),
  }
}
