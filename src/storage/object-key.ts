/** Which file: of which log, and what follows the log's id in the object's key. */
export type FileName = { readonly exportLogId: string; readonly variant: string }

/** Where the objects of all files are. */
export const OBJECT_PREFIX = 'exports/'

export const objectKey = ({ exportLogId, variant }: FileName): string =>
  `${OBJECT_PREFIX}${exportLogId}.${variant}`

/** The file of an object; `undefined` when its key is that of none. */
export function parseObjectKey(key: string): FileName | undefined {
  const [, exportLogId, variant] = /^exports\/([^./]+)\.([^/]+)$/.exec(key) ?? []
  return exportLogId && variant ? { exportLogId, variant } : undefined
}
