import { existsSync } from 'node:fs'

/** Where Linux distributions put Chromium, or what is made of it. */
const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser of this machine, if it has one. */
export const installedBrowser = PATHS.find((path) => existsSync(path))

/** Says loudly that there is none, and what is not tested for that reason. */
export function warnOfNoBrowser() {
  if (installedBrowser !== undefined) return
  const advice = 'On Debian, apt-get install chromium.'
  console.warn(
    `\nNOT TESTED: the web client in a browser. There is none at ${PATHS.join(', ')}.\n${advice}\n`,
  )
}
