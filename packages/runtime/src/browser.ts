export { type SelectOptions, selectBackend } from './browser/select.ts'
