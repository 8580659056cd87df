import { env } from 'cloudflare:workers'
import { setTimeout } from 'node:timers/promises'

/**
 * How a call goes wrong: not done at all, done though it seems not to be, or done late. `for a
 * moment` is an error that D1 and R2 document as transient; the next call succeeds.
 */
export type Fault =
  | 'fails'
  | 'fails when it is done'
  | 'fails for a moment'
  | 'fails for a moment when it is done'
  | 'comes 2 s late'

const errorOf = (fault: Fault, kind: string, name: string): Error => {
  if (!fault.includes('for a moment')) return new Error(`${kind} ${fault}, at ${name}.`)
  return new Error(
    kind === 'D1'
      ? 'D1_ERROR: Network connection lost.'
      : `${name}: We encountered an internal error. Please try again. (10001)`,
  )
}

/** Later than what was read remains valid, which is a second. */
const LATE_MILLISECONDS = 2000

/** A call: `R2 put`, and of D1 the text of its statements. */
export type FaultyCall = { readonly name: string; readonly statements: readonly string[] }

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

/** What these calls give has calls of its own. */
const GIVERS: Names = new Set([
  'bind',
  'createMultipartUpload',
  'prepare',
  'resumeMultipartUpload',
  'withSession',
])

/**
 * The bindings, in which the call of this number fails. The calls of both are counted together.
 *
 * @param number from 1; without it all goes well
 */
export function faultyBindings(fault?: Fault, number = 0) {
  const calls: FaultyCall[] = []
  const uploadIds: string[] = []
  const originals = new WeakMap<object, object>()
  /** The text of a statement. */
  const texts = new WeakMap<object, string>()
  const textsOf = (statements: unknown): string[] =>
    (Array.isArray(statements) ? statements : [statements]).map((statement) => {
      const own = unwrapped(statement)
      return (typeof own === 'object' && own !== null && texts.get(own)) || ''
    })

  const wrapped = <Target extends object>(target: Target, kind: string, counted: Names): Target => {
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
            ? result.then((given) => wrappedIfObject(given, kind, counted))
            : wrappedIfObject(result, kind, counted)
        }
        if (!counted.has(name)) return call
        return async (...values: unknown[]): Promise<unknown> => {
          const statements = kind === 'D1' ? textsOf(name === 'batch' ? values[0] : object) : []
          const mine = calls.push({ name: `${kind} ${name}`, statements })
          const wrong = mine === number ? fault : undefined
          if (wrong === 'comes 2 s late') await setTimeout(LATE_MILLISECONDS)
          const isDone = wrong?.endsWith('when it is done') ?? false
          if (wrong?.startsWith('fails') && !isDone) throw errorOf(wrong, kind, name)
          const result = await call(...values)
          if (wrong && isDone) throw errorOf(wrong, kind, name)
          if (name === 'createMultipartUpload') uploadIds.push(uploadIdOf(result))
          return result
        }
      },
    })
    originals.set(proxy, target)
    return proxy
  }

  const noteText = (statement: unknown, text: string): void => {
    if (typeof statement === 'object' && statement !== null) texts.set(statement, text)
  }

  const wrappedIfObject = (value: unknown, kind: string, counted: Names): unknown =>
    typeof value === 'object' && value !== null ? wrapped(value, kind, counted) : value

  const unwrapped = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? (originals.get(value) ?? value) : value

  /** A batch is given the statements themselves. */
  const original = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unwrapped)
    return unwrapped(value)
  }

  return {
    DB: wrapped(env.DB, 'D1', DATABASE_CALLS),
    FILES: wrapped(env.FILES, 'R2', BUCKET_CALLS),
    /** The calls so far, in their order. */
    calls,
    /** The uploads that R2 has said that it opened. */
    uploadIds,
  }
}

const uploadIdOf = (upload: unknown): string =>
  typeof upload === 'object' && upload !== null ? String(Reflect.get(upload, 'uploadId')) : ''
