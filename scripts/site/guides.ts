/** A page of the documentation that is written in Markdown. */
export type Guide = {
  /** The Markdown file, from the root of the repository. */
  readonly source: string
  /** The last part of its address on the site, `/docs/<name>`. */
  readonly name: string
  /** Its name in the navigation. */
  readonly title: string
}

/** The guides of the site, in the order of the navigation. */
export const guides: readonly Guide[] = [
  { source: 'docs/calling.md', name: 'calling', title: 'Calling the API' },
  { source: 'docs/console.md', name: 'console', title: 'The console' },
  { source: 'docs/filter.md', name: 'filter', title: 'Filter' },
  { source: 'docs/columns.md', name: 'columns', title: 'Columns' },
  { source: 'docs/labels.md', name: 'labels', title: 'Labels' },
  { source: 'docs/sync.md', name: 'sync', title: 'Bring contacts in' },
  { source: 'docs/operating.md', name: 'operating', title: 'Operating' },
  { source: 'docs/design.md', name: 'design', title: 'Design' },
  { source: 'CHANGELOG.md', name: 'changelog', title: 'Changelog' },
]
