/** The name under which a browser saves a file: what it is, and the UTC day of the export. */
export const fileName = (kind: string, exportAt: string, extension: string): string =>
  `${kind}-${exportAt.slice(0, 10).replaceAll('-', '')}.${extension}`
