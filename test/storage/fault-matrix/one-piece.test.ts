import { faultMatrix } from './fault-matrix.ts'

await faultMatrix('of one piece')
