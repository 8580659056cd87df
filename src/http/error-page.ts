import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { HttpError } from './errors.ts'

const STYLE =
  ':root{color-scheme:light dark;font:1.125rem/1.5 system-ui,sans-serif}' +
  'main{max-width:36rem;margin:12vh auto;padding:0 1.5rem}h1{font-size:1.5rem}'

/** Nothing may be on the page but its own style, and nothing may frame it (Content Security Policy 3). */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What a person can do about it, by status, where the error itself does not say. */
const ADVICE: Readonly<Record<number, string>> = {
  401: 'Sign in to the application that you export from, and download the file there.',
  403: 'Links are for one person and end after a while: download the file from the application, or ask there for a new link.',
  404: 'Make a new export in the application.',
  500: 'Your link is right. Try again in a few minutes; if that does not help, pass the number above on to those who run this service.',
}

const ANY_ADVICE = 'Download the file from the application once more.'

/** Where a try a minute later is worth it (`Retry-After`). */
const WAIT_ADVICE = 'Wait a minute, then open the link again.'
const WAIT_SECONDS = 60

function adviceFor({ advice, status, headers }: HttpError): string {
  const waits = Number(headers['Retry-After'] ?? Infinity) <= WAIT_SECONDS
  return waits ? WAIT_ADVICE : (advice ?? ADVICE[status] ?? ANY_ADVICE)
}

/** An error of a file as a small page, for a person who has followed a link. */
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
