/** Closes an open box by Escape, and when something outside of it is clicked or focused. */
export function closeOutside(box: HTMLDetailsElement): void {
  const pressed = ({ target }: Event) => {
    if (target instanceof Node && !box.contains(target)) box.open = false
  }
  // Pressing on a text in the box focuses what is around it, which is no way out.
  const focused = ({ target }: Event) => {
    if (target instanceof Node && !box.contains(target) && !target.contains(box)) box.open = false
  }
  let watch = new AbortController()
  box.addEventListener('toggle', () => {
    watch.abort()
    if (!box.open) return
    watch = new AbortController()
    document.addEventListener('pointerdown', pressed, { signal: watch.signal })
    document.addEventListener('focusin', focused, { signal: watch.signal })
  })
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !box.open) return
    event.stopPropagation()
    box.open = false
    box.querySelector('summary')?.focus()
  })
}
