/**
 * Lets the rows of a list be dragged into another order by their handles, with a mouse or a finger.
 *
 * @param moved is called with the row's place before and after, once it is let go
 */
export function dragRows(list: HTMLElement, moved: (from: number, to: number) => void): void {
  list.addEventListener('pointerdown', (event) => {
    const { target } = event
    const row =
      target instanceof Element && target.closest('.handle') ? target.closest('li') : undefined
    if (!row || event.button !== 0) return
    event.preventDefault()
    drag(list, row, event.pointerId, moved)
  })
}

function drag(
  list: HTMLElement,
  row: Element,
  pointerId: number,
  moved: (from: number, to: number) => void,
): void {
  const stop = new AbortController()
  const { signal } = stop
  const from = [...list.children].indexOf(row)
  let to = from
  row.classList.add('dragged')
  list.setPointerCapture(pointerId)
  list.addEventListener(
    'pointermove',
    ({ clientY }) => {
      const rows = [...list.children]
      const over = rows.findIndex((one) => clientY < one.getBoundingClientRect().bottom)
      to = over === -1 ? rows.length - 1 : over
      for (const [index, one] of rows.entries()) {
        one.classList.toggle('drop-above', index === to && to < from)
        one.classList.toggle('drop-below', index === to && to > from)
      }
      scrollNear(list, clientY)
    },
    { signal },
  )
  const end = (isDropped: boolean) => {
    stop.abort()
    for (const one of list.children) one.classList.remove('dragged', 'drop-above', 'drop-below')
    if (isDropped && to !== from) moved(from, to)
  }
  list.addEventListener('pointerup', () => end(true), { signal })
  list.addEventListener('pointercancel', () => end(false), { signal })
}

const EDGE_PIXELS = 28
const STEP_PIXELS = 10

/** The list scrolls on when the pointer comes near one of its edges. */
function scrollNear(list: HTMLElement, y: number): void {
  const { top, bottom } = list.getBoundingClientRect()
  if (y < top + EDGE_PIXELS) list.scrollBy(0, -STEP_PIXELS)
  else if (y > bottom - EDGE_PIXELS) list.scrollBy(0, STEP_PIXELS)
}
