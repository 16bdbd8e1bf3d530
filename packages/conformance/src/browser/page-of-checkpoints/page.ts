import { askWorker } from '../ask-worker.ts'
import { answer, type CheckpointAnswer, type CheckpointTask, reached } from './tasks.ts'

declare global {
  /** Does a task here, or in a module worker of this page. */
  var gankitCheckpoint: (task: CheckpointTask, inWorker: boolean) => Promise<CheckpointAnswer>
  /** Steps that the training under way here has taken. */
  var gankitReached: () => number
}

globalThis.gankitReached = reached
globalThis.gankitCheckpoint = (task, inWorker) =>
  inWorker
    ? askWorker(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), task)
    : answer(task)
