export { type SelectOptions, selectBackend } from './node/select.ts'
export { maxThreads } from './node/wasm.ts'
