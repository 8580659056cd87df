import { env } from 'cloudflare:workers'
import { setTimeout } from 'node:timers/promises'

/** How a call goes wrong: not done at all, done though it seems not to be, or done late. */
export type Fault = 'fails' | 'fails when it is done' | 'comes 5 s late'

const LATE_MILLISECONDS = 5000

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
 * The bindings, in which the one call of this number goes wrong; counted are the calls of both, as they come.
 *
 * @param number from 1; without it all goes well
 */
export function faultyBindings(fault?: Fault, number = 0) {
  const calls: string[] = []
  const uploadIds: string[] = []
  const originals = new WeakMap<object, object>()

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
          return result instanceof Promise
            ? result.then((given) => wrappedIfObject(given, kind, counted))
            : wrappedIfObject(result, kind, counted)
        }
        if (!counted.has(name)) return call
        return async (...values: unknown[]): Promise<unknown> => {
          const mine = calls.push(`${kind} ${name}`)
          const wrong = mine === number ? fault : undefined
          if (wrong === 'comes 5 s late') await setTimeout(LATE_MILLISECONDS)
          if (wrong === 'fails') throw new Error(`${kind} fails at ${name}.`)
          const result = await call(...values)
          if (wrong === 'fails when it is done') throw new Error(`${kind} fails after ${name}.`)
          if (name === 'createMultipartUpload') uploadIds.push(uploadIdOf(result))
          return result
        }
      },
    })
    originals.set(proxy, target)
    return proxy
  }

  const wrappedIfObject = (value: unknown, kind: string, counted: Names): unknown =>
    typeof value === 'object' && value !== null ? wrapped(value, kind, counted) : value

  /** A batch is given the statements themselves. */
  const original = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(original)
    return typeof value === 'object' && value !== null ? (originals.get(value) ?? value) : value
  }

  return {
    DB: wrapped(env.DB, 'D1', DATABASE_CALLS),
    FILES: wrapped(env.FILES, 'R2', BUCKET_CALLS),
    /** The calls so far, in their order: `R2 put`. */
    calls,
    /** The uploads that R2 has said that it opened. */
    uploadIds,
  }
}

const uploadIdOf = (upload: unknown): string =>
  typeof upload === 'object' && upload !== null ? String(Reflect.get(upload, 'uploadId')) : ''
