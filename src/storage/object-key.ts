/** The name of a file: its log, and the variant, which follows the log's id in the object's key. */
export type FileName = { readonly exportLogId: string; readonly variant: string }

/** The prefix of the objects of all files. */
export const OBJECT_PREFIX = 'exports/'

export const objectKey = ({ exportLogId, variant }: FileName): string =>
  `${OBJECT_PREFIX}${exportLogId}.${variant}`

/** The file that an object's key names; `undefined` when it names none. */
export function parseObjectKey(key: string): FileName | undefined {
  const [, exportLogId, variant] = /^exports\/([^./]+)\.([^/]+)$/.exec(key) ?? []
  return exportLogId && variant ? { exportLogId, variant } : undefined
}
