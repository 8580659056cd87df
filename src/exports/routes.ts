import { Hono } from 'hono'
import type { CallerEnv } from '../http/caller.ts'
import { contactsExport, mailingExport } from './export-kinds.ts'
import { fileRoutes } from './file-routes.ts'
import { logRoutes } from './log-routes.ts'
import { oneShotRoutes } from './one-shot-routes.ts'

/** Everything about exports. The longer path goes first: `mailing` is nobody's id. */
export const exportRoutes = new Hono<CallerEnv>()

for (const kind of [mailingExport, contactsExport]) {
  exportRoutes.route('/', oneShotRoutes(kind))
  exportRoutes.route(kind.path, fileRoutes(kind))
  exportRoutes.route(kind.path, logRoutes(kind))
}
