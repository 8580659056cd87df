import { env } from 'cloudflare:workers'
import { setTimeout } from 'node:timers/promises'
import { wrapBindings, type BindingCall } from './wrap-bindings.ts'

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

const errorOf = (fault: Fault, { name }: BindingCall): Error => {
  const isDatabase = name.startsWith('D1')
  if (!fault.includes('for a moment')) {
    return new Error(`${isDatabase ? 'D1' : 'R2'} ${fault}, at ${name.slice(3)}.`)
  }
  return new Error(
    isDatabase
      ? 'D1_ERROR: Network connection lost.'
      : `${name.slice(3)}: We encountered an internal error. Please try again. (10001)`,
  )
}

/** Later than what was read remains valid, which is a second. */
const LATE_MILLISECONDS = 2000

/**
 * The bindings, in which the call of this number fails. The calls of both are counted together.
 *
 * @param number from 1; without it all goes well
 */
export function faultyBindings(fault?: Fault, number = 0) {
  const calls: BindingCall[] = []
  const uploadIds: string[] = []
  const bindings = wrapBindings(env, async (call, make) => {
    const wrong = calls.push(call) === number ? fault : undefined
    if (wrong === 'comes 2 s late') await setTimeout(LATE_MILLISECONDS)
    const isDone = wrong?.endsWith('when it is done') ?? false
    if (wrong?.startsWith('fails') && !isDone) throw errorOf(wrong, call)
    const result = await make()
    if (wrong && isDone) throw errorOf(wrong, call)
    if (call.name === 'R2 createMultipartUpload') uploadIds.push(uploadIdOf(result))
    return result
  })
  return {
    ...bindings,
    /** The calls so far, in their order. */
    calls,
    /** The uploads that R2 has said that it opened. */
    uploadIds,
  }
}

const uploadIdOf = (upload: unknown): string =>
  typeof upload === 'object' && upload !== null ? String(Reflect.get(upload, 'uploadId')) : ''
