import { createServer } from 'node:net'

const USUAL_PORT = 8787
const MOST = 65_535

/**
 * The port to serve on, by the variable `PORT`.
 *
 * @throws Error of one line when it is not a port, or not free
 */
export async function freePort(variable: string | undefined): Promise<number> {
  const text = variable?.trim() || String(USUAL_PORT)
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > MOST) {
    throw new Error(`PORT must be a whole number from 1 to ${MOST}, not '${variable}'.`)
  }
  const code = await obstacleAt(port)
  if (code === 'EACCES') {
    throw new Error(`You have no permission to use port ${port}; try PORT=${USUAL_PORT} npm start`)
  }
  if (code === undefined && (await isBlockedByClients(port))) {
    throw new Error(`Browsers refuse to open port ${port}; try PORT=${USUAL_PORT} npm start`)
  }
  if (code === undefined) return port
  if (code !== 'EADDRINUSE') throw new Error(`Port ${port} cannot be used (${code}).`)
  throw new Error(`Port ${port} is taken; try PORT=${await nextFree(port)} npm start`)
}

/**
 * Whether `fetch` and browsers open no connection to a port, because it belongs to another protocol
 * (Fetch Standard, "bad port").
 */
const isBlockedByClients = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}`).then(
    () => false,
    ({ cause }: { readonly cause?: unknown }) =>
      cause instanceof Error && cause.message === 'bad port',
  )

/** The next free port, among the next 20. */
async function nextFree(port: number): Promise<number> {
  const candidates = Array.from({ length: 20 }, (_, index) => port + 1 + index)
  for (const candidate of candidates.filter((number) => number <= MOST)) {
    if ((await obstacleAt(candidate)) === undefined) return candidate
  }
  return USUAL_PORT
}

/**
 * The code of the error of listening at a port, if there is one. `localhost` can be either address.
 */
async function obstacleAt(port: number): Promise<string | undefined> {
  return (await errorOfListening(port, '127.0.0.1')) ?? (await errorOfListening(port, '::1'))
}

/** A machine without IPv6 has no such address. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

const errorOfListening = (port: number, host: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : error.message
      resolve(NO_SUCH_ADDRESS.has(code) ? undefined : code)
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
