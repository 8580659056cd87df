import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { HttpError } from './errors.ts'

const STYLE =
  ':root{color-scheme:light dark;font:1.125rem/1.5 system-ui,sans-serif}' +
  'main{max-width:36rem;margin:12vh auto;padding:0 1.5rem}h1{font-size:1.5rem;line-height:1.3}' +
  'a{display:inline-block;margin:1rem 0;padding:.5rem 1.25rem;border-radius:.4rem;' +
  'color:#fff;background:#1d4f91;text-decoration:none}' +
  'a:focus-visible{outline:3px solid;outline-offset:3px}small{opacity:.75}'

/** The page has only its own style, and no page may frame it (Content Security Policy 3). */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What has happened and what the reader can do, by status, in one sentence. */
const SENTENCES: Readonly<Record<number, string>> = {
  400: 'This address has a mistake in it, so nothing could be opened.',
  401: 'Sign in first, then open this again.',
  403: 'This link is not for you, or no longer valid: download the file again from where you got it.',
  404: 'There is nothing at this address.',
  429: 'This was a little too much at once: wait a minute, then try again.',
  500: 'Something went wrong on our side: try again in a few minutes.',
  503: 'The service cannot be reached at the moment: try again in a minute.',
}

/** The page for people. */
const CONSOLE = '/'

const ANY_SENTENCE = 'This could not be opened: go back and try it again.'

/** For an error that asks to retry within a minute (`Retry-After`). */
const WAIT_SENTENCE = 'Wait a minute, then open this again.'
const WAIT_SECONDS = 60

function sentenceFor({ advice, status, headers }: HttpError): string {
  const waits = Number(headers['Retry-After'] ?? Infinity) <= WAIT_SECONDS
  return waits ? WAIT_SENTENCE : (advice ?? SENTENCES[status] ?? ANY_SENTENCE)
}

/** Where a person goes on from an error, and how the error is found in our log. */
export type ErrorPageContext = {
  readonly requestId: string
  /** Where people get their token, if the operator has set it; the console otherwise. */
  readonly signInUrl: string | undefined
}

/** An error as a small page, for a person who has opened an address in a browser. */
export async function errorPage(error: HttpError, { requestId, signInUrl }: ErrorPageContext) {
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
          <h1>${sentenceFor(error)}</h1>
          ${problems.map(({ detail }) => html`<p>${detail}</p>`)}
          <p>
            <a href="${signInUrl ?? CONSOLE}" rel="noreferrer"
              >${signInUrl === undefined ? 'Back to the console' : 'Back to the application'}</a
            >
          </p>
          <p><small>Request ${requestId}</small></p>
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
