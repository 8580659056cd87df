import { env } from 'cloudflare:workers'

/** The database, and the text of every statement that goes through it. */
export function spyOnDatabase(fault?: (sql: string) => Error | undefined) {
  const statements: string[] = []
  const prepareOf = (target: Pick<D1Database, 'prepare'>) => (sql: string) => {
    statements.push(sql)
    const error = fault?.(sql)
    if (error) throw error
    return target.prepare(sql)
  }
  const database: D1Database = {
    prepare: prepareOf(env.DB),
    batch: (all) => env.DB.batch(all),
    exec: (sql) => env.DB.exec(sql),
    dump: () => env.DB.dump(),
    withSession: (constraint) => {
      const session = env.DB.withSession(constraint)
      return {
        prepare: prepareOf(session),
        batch: (all) => session.batch(all),
        getBookmark: () => session.getBookmark(),
      }
    },
  }
  return { database, statements }
}

/** The bucket, in which some of the methods are other ones. */
export const bucketWith = (methods: Partial<R2Bucket>): R2Bucket =>
  new Proxy(env.FILES, {
    get(bucket, name) {
      const member: unknown = Reflect.get(methods, name) ?? Reflect.get(bucket, name, bucket)
      return typeof member === 'function' ? member.bind(bucket) : member
    },
  })

type Work = 'put' | 'createMultipartUpload' | 'uploadPart' | 'complete' | 'get' | 'delete'

/** The bucket, in which one kind of work fails. */
export function brokenBucket(broken: Work): R2Bucket {
  return proxied(env.FILES, broken)
}

const methods: ReadonlySet<string | symbol> = new Set<Work>([
  'put',
  'createMultipartUpload',
  'uploadPart',
  'complete',
  'get',
  'delete',
])

function proxied<Target extends object>(target: Target, broken: Work): Target {
  return new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name, object)
      if (typeof member !== 'function') return member
      return async (...values: unknown[]) => {
        if (name === broken && methods.has(name)) throw new Error(`R2 fails at ${broken}.`)
        const result: unknown = await Reflect.apply(member, object, values)
        return name === 'createMultipartUpload' && typeof result === 'object' && result !== null
          ? proxied(result, broken)
          : result
      }
    },
  })
}
