import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { HttpError } from './errors.ts'

const STYLE =
  ':root{color-scheme:light dark;font:1.125rem/1.5 system-ui,sans-serif}' +
  'main{max-width:36rem;margin:12vh auto;padding:0 1.5rem}h1{font-size:1.5rem}'

/** The page has only its own style, and no page may frame it (Content Security Policy 3). */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What the reader can do, by status, where the error has no advice of its own. */
const ADVICE: Readonly<Record<number, string>> = {
  401: 'Sign in to the application that you export from, and download the file there.',
  403: 'Links are for one person and expire after a while. Download the file from the application.',
  404: 'Make a new export in the application.',
  500: 'Try again in a few minutes. If the error stays, send the request number to your support.',
}

const ANY_ADVICE = 'Download the file from the application again.'

/** For an error that asks to retry within a minute (`Retry-After`). */
const WAIT_ADVICE = 'Wait a minute, then open the link again.'
const WAIT_SECONDS = 60

function adviceFor({ advice, status, headers }: HttpError): string {
  const waits = Number(headers['Retry-After'] ?? Infinity) <= WAIT_SECONDS
  return waits ? WAIT_ADVICE : (advice ?? ADVICE[status] ?? ANY_ADVICE)
}

/** The error of a file as a small page, for a person who has followed a link. */
export async function errorPage(error: HttpError) {
  const { status, title, problems, headers } = error
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${status} ${title}</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main>
          <h1>The file could not be downloaded</h1>
          ${problems.map(({ detail }) => html`<p>${detail}</p>`)}
          <p>${adviceFor(error)}</p>
        </main>
      </body>
    </html>`
  return new Response(String(page), {
    status,
    headers: {
      ...headers,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-store',
      Vary: 'Accept',
    },
  })
}
