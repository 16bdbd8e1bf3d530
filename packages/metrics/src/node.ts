export { fileFigureStore } from './node/file-figure-store.ts'
