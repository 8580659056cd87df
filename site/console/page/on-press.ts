/**
 * Does a task when the button is pressed: not again while it is under way, and not for the second
 * click of a double click. The button is not disabled meanwhile, because it would lose the focus.
 *
 * @param task does not reject
 */
export function onPress(button: HTMLButtonElement, task: () => Promise<void>): void {
  button.addEventListener('click', ({ detail }) => {
    if (button.ariaDisabled === 'true' || detail > 1) return
    button.ariaDisabled = 'true'
    void task().finally(() => {
      button.ariaDisabled = null
    })
  })
}
