import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** @returns what the command prints. Throws when it fails, or is not installed. */
export const run = async (command: string, values: readonly string[]): Promise<string> =>
  (await execute(command, values, { maxBuffer: 1 << 28 })).stdout
