import { faultMatrix } from './fault-matrix.ts'

await faultMatrix('of two parts')
