export { type Idx, parseIdx } from './idx.ts'
export { type BytesOptions, bytesDataset } from './in-memory.ts'
export { mnist } from './mnist.ts'
