import { Hono } from 'hono'
import type { CallerEnv } from '../auth/authenticate.ts'
import { contactsExport, mailingExport } from '../export-logs/export-kinds.ts'
import { fileRoutes } from './file-routes.ts'
import { logRoutes } from '../export-logs/log-routes.ts'
import { oneShotRoutes } from './one-shot-routes.ts'
import { previewRoutes } from './preview-routes.ts'

/** All routes of exports. Longer paths come first: `preview` and `mailing` are not ids of logs. */
export const exportRoutes = new Hono<CallerEnv>()

exportRoutes.route(contactsExport.path, previewRoutes)

for (const kind of [mailingExport, contactsExport]) {
  exportRoutes.route('/', oneShotRoutes(kind))
  exportRoutes.route(kind.path, fileRoutes(kind))
  exportRoutes.route(kind.path, logRoutes(kind))
}
