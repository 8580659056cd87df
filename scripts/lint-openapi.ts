import { createConfig, lintFromString } from '@redocly/openapi-core'
import { openApiDocument } from '../openapi/document.ts'

/**
 * Fails when the OpenAPI document breaks a rule of the linter. The contract test checks the
 * responses of each operation.
 */
const config = await createConfig({
  extends: ['recommended-strict'],
  rules: { 'operation-4xx-response': 'off' },
})
const problems = await lintFromString({
  source: JSON.stringify(openApiDocument()),
  absoluteRef: 'openapi.json',
  config,
})
for (const { ruleId, message, location } of problems) {
  console.error(`${location[0]?.pointer ?? ''}: ${message} (${ruleId})`)
}
if (problems.length > 0) process.exitCode = 1
