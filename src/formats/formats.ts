import { csv } from './csv.ts'
import { xlsx } from './xlsx.ts'

/** Every format of a file, by the extension that asks for it. */
export const formats = { csv, xlsx }

export type FormatName = keyof typeof formats

export const isFormatName = (name: string): name is FormatName => Object.hasOwn(formats, name)
