export { type EventFileWriter, eventFileWriter } from './node/event-file.ts'
export { fileStore } from './node/file-store.ts'
export {
  createRunDirectory,
  newRunPath,
  openRunDirectory,
  type RunDirectory,
  readRunConfig,
} from './node/run-directory.ts'
export { lockRun } from './node/run-lock.ts'
