export { type InstalledApp, isAppFolder, isAppPath, listApps } from './apps/node.ts'
export { type EventBatch, EventFile, type EventPlace } from './node/event-file.ts'
export { findApp, findAppAt, hasApp, loadApp, openApp } from './node/installed-apps.ts'
export {
  checkNoLinks,
  listSampleFiles,
  listSamples,
  type RunFiles,
  runFiles,
  runsFolder,
  type StepFile,
} from './node/layout.ts'
export { findNamedRun } from './node/name-run.ts'
export {
  type FoundRuns,
  findRuns,
  type Run,
  type RunState,
  readRun,
  readRunConfig,
  readRunDescription,
} from './node/read-run.ts'
export {
  createRunDirectory,
  newRunPath,
  openRunDirectory,
  type RunDirectory,
} from './node/run-directory.ts'
export { lockRun, type RunLock, readRunLock } from './node/run-lock.ts'
export {
  changeSteering,
  checkSteeringChanges,
  type OpenSteering,
  openSteering,
  readSteering,
  type Steering,
  type SteeringChanges,
} from './node/steering.ts'
