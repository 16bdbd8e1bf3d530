export { findApp, hasApp, type InstalledApp, listApps, loadApp } from './node/installed-apps.ts'
export { listSamples, type RunFiles, runFiles, runsFolder, type StepFile } from './node/layout.ts'
export {
  createRunDirectory,
  newRunPath,
  openRunDirectory,
  type RunDirectory,
} from './node/run-directory.ts'
export { lockRun, type RunLock, readRunLock } from './node/run-lock.ts'
export { findRuns, type FoundRuns, type Run, readRun, readRunConfig, type RunState } from './node/read-run.ts'
