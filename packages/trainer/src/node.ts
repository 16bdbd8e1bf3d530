export { readCheckpoint, writeCheckpoint } from './node/checkpoints.ts'
export { writeAside } from './node/files.ts'
export { loadGenerator, type SavedGenerator, saveGenerator } from './node/model-files.ts'
export {
  createRunDirectory,
  newRunPath,
  openRunDirectory,
  type RunDirectory,
  readRunConfig,
} from './node/run-directory.ts'
