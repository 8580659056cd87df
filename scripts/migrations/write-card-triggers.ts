import { readFileSync, writeFileSync } from 'node:fs'
import { withCardTriggers } from './with-card-triggers.ts'

const MIGRATION = 'migrations/0000_tables.sql'

writeFileSync(MIGRATION, withCardTriggers(readFileSync(MIGRATION, 'utf8')))
