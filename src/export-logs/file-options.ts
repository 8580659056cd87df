import * as z from 'zod'
import { requestedSort } from '../contacts/reading/requested-sort.ts'
import { requestedColumns } from '../contacts/requested-columns.ts'

/**
 * What a log says of its files besides the filter: members of its params, and query parameters
 * where a file is requested at once. Each message is a whole sentence.
 */
export const fileOptions = z.object({ columns: requestedColumns, sort: requestedSort })

export type FileOptions = z.output<typeof fileOptions>

/** The names of the options. */
export const fileOptionNames: readonly string[] = Object.keys(fileOptions.shape)
