import { env } from 'cloudflare:workers'

/** The database, in which something happens just before the first batch is written. */
export function interrupted(happen: () => Promise<unknown>): D1Database {
  let isDone = false
  return new Proxy(env.DB, {
    get(binding, name) {
      if (name !== 'withSession') return Reflect.get(binding, name, binding)
      return () => {
        const session = binding.withSession('first-primary')
        const batch = session.batch.bind(session)
        return Object.assign(session, {
          batch: async <Row>(statements: D1PreparedStatement[]) => {
            if (!isDone) {
              isDone = true
              await happen()
            }
            return batch<Row>(statements)
          },
        })
      }
    },
  })
}
