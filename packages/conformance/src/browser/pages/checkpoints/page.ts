import { askWorker } from '../../ask-worker.ts'
import { answer, type CheckpointAnswer, type CheckpointTask, readStep } from './tasks.ts'

declare global {
  /** Does a task in this page, or in a module worker of the page. */
  var gankitCheckpoint: (task: CheckpointTask, inWorker: boolean) => Promise<CheckpointAnswer>
  /** The last step of the training that runs in this page. */
  var gankitStep: () => number
}

globalThis.gankitStep = readStep
globalThis.gankitCheckpoint = (task, inWorker) =>
  inWorker
    ? askWorker(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), task)
    : answer(task)
