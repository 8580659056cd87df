import { eq } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportUploads } from '../db/schema/index.ts'
import type { FileName } from './object-key.ts'

/** The query that records an upload that R2 holds open. It can be run twice. */
export const recordUpload = (database: Database, name: FileName, uploadId: string) =>
  database
    .insert(exportUploads)
    .values({ ...name, uploadId })
    .onConflictDoNothing()

export const forgetUpload = (database: Database, uploadId: string) =>
  database.delete(exportUploads).where(eq(exportUploads.uploadId, uploadId))
