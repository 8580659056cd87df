import { serve, type Server } from './server.ts'

const PORT = Number(process.env['PORT'] ?? 8797)

/** Uses a server over the local D1 and R2 of a folder, and stops it. */
export async function withServer<Result>(
  folder: string,
  use: (server: Server) => Promise<Result>,
  options: Parameters<typeof serve>[2] = {},
): Promise<Result> {
  const server = await serve(folder, PORT, options)
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}
