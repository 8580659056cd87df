import { readFileSync, writeFileSync } from 'node:fs'
import { generatedParts, withPart } from './docs/generated-parts.ts'

/** Writes the parts of the documents that are made from the lists in the code: `npm run docs`. */
for (const part of generatedParts()) {
  writeFileSync(part.file, withPart(readFileSync(part.file, 'utf8'), part))
}
