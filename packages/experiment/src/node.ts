export { findApp, hasApp, type InstalledApp, listApps, loadApp } from './node/installed-apps.ts'
export { listSamples, type RunFiles, runFiles, runsFolder, type StepFile } from './node/layout.ts'
export { type FoundRuns, findRuns, type Run, type RunState, readRun, readRunConfig } from './node/read-run.ts'
export {
  createRunDirectory,
  newRunPath,
  openRunDirectory,
  type RunDirectory,
} from './node/run-directory.ts'
export { lockRun, type RunLock, readRunLock } from './node/run-lock.ts'
