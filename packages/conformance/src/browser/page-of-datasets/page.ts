import { askWorker } from '../ask-worker.ts'
import { type DatasetAnswer, type DatasetTask, openDataset } from './tasks.ts'

declare global {
  /** Opens a dataset here, or in a module worker of this page, and tells of it. */
  var gankitDataset: (task: DatasetTask, inWorker: boolean) => Promise<DatasetAnswer>
}

globalThis.gankitDataset = (task, inWorker) =>
  inWorker
    ? askWorker(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), task)
    : openDataset(task)
