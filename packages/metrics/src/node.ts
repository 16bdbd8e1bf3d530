export { fileFigureStore } from './node/file-figure-store.ts'
export { loadModel } from './node/load-model.ts'
