import { csv, csvWithByteOrderMark } from './csv.ts'
import { xlsx } from './xlsx.ts'

/** Every format of a file, by its extension; with a byte order mark, `bom` stands before that. */
export const formats = { csv, 'bom.csv': csvWithByteOrderMark, xlsx }

export type FormatName = keyof typeof formats

export const isFormatName = (name: string): name is FormatName => Object.hasOwn(formats, name)

/** What a path that asks for a file can end in. */
export const EXTENSIONS = ['csv', 'xlsx'] as const
