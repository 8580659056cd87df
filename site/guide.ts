/** A table with fewer rows is quicker to read than to search. */
const SEARCHABLE_ROWS = 20

for (const table of document.querySelectorAll('table')) {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>('tbody tr')]
  if (rows.length >= SEARCHABLE_ROWS) addSearch(table.parentElement ?? table, rows)
}

/**
 * Puts a search field before an element: only those rows that contain every word of it are shown.
 */
function addSearch(place: Element, rows: readonly HTMLTableRowElement[]): void {
  const field = document.createElement('input')
  field.type = 'search'
  field.autocomplete = 'off'
  const label = document.createElement('label')
  label.append('Search this table ', field)
  const count = document.createElement('output')
  const texts = rows.map((row) => (row.textContent ?? '').toLowerCase())

  function show(): void {
    const words = field.value.toLowerCase().split(/\s+/)
    let shown = 0
    for (const [index, row] of rows.entries()) {
      row.hidden = !words.every((word) => texts[index]?.includes(word))
      if (!row.hidden) shown += 1
    }
    count.textContent = `${shown} of ${rows.length} rows`
  }

  const search = document.createElement('form')
  search.className = 'search'
  search.setAttribute('role', 'search')
  search.append(label, count)
  search.addEventListener('submit', (event) => event.preventDefault())
  field.addEventListener('input', show)
  place.before(search)
  show()
}
