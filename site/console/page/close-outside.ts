/** Closes an open box by Escape, and when something outside of it is clicked or focused. */
export function closeOutside(box: HTMLDetailsElement): void {
  const close = ({ target }: Event) => {
    if (target instanceof Node && !box.contains(target)) box.open = false
  }
  let watch = new AbortController()
  box.addEventListener('toggle', () => {
    watch.abort()
    if (!box.open) return
    watch = new AbortController()
    document.addEventListener('pointerdown', close, { signal: watch.signal })
    document.addEventListener('focusin', close, { signal: watch.signal })
  })
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !box.open) return
    event.stopPropagation()
    box.open = false
    box.querySelector('summary')?.focus()
  })
}
