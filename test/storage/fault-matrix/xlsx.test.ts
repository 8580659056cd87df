import { faultMatrix } from './fault-matrix.ts'

await faultMatrix('xlsx')
