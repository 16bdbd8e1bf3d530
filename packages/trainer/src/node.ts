export { type EventFileWriter, eventFileWriter } from './node/event-file.ts'
export { fileStore } from './node/file-store.ts'
export {
  type GeneratorArtifacts,
  generatorArtifacts,
  type SavedGenerator,
  type WeightPrecision,
} from './node/generator-artifacts.ts'
export { loadGenerator, saveGenerator } from './node/model-files.ts'
export {
  createRunDirectory,
  newRunPath,
  openRunDirectory,
  type RunDirectory,
  readRunConfig,
} from './node/run-directory.ts'
export { lockRun } from './node/run-lock.ts'
