export { fileReferenceStore } from './node/file-reference-store.ts'
export { loadModel } from './node/load-model.ts'
