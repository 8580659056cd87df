import { mkdir, writeFile } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { dirname } from 'node:path'
import { openApiDocument } from '../openapi/document.ts'

/**
 * Generates the types of a client from the OpenAPI document, for the console and for the test of
 * such a client. They are not committed, so that they cannot become outdated. The generator needs
 * the compiler's API, which TypeScript 7 lacks, so that it gets TypeScript 5.
 */
const FILE = 'build/api.ts'

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'typescript' ? 'typescript-5' : specifier, context),
})
const { default: openapiTypes, astToString } = await import('openapi-typescript')
const types = await openapiTypes(JSON.stringify(openApiDocument()))
await mkdir(dirname(FILE), { recursive: true })
await writeFile(FILE, astToString(types))
