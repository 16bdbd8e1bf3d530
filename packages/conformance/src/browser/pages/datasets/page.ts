import { askWorker } from '../../ask-worker.ts'
import { type DatasetAnswer, type DatasetTask, openDataset } from './tasks.ts'

declare global {
  /** Opens a dataset in this page, or in a module worker of the page, and describes it. */
  var gankitDataset: (task: DatasetTask, inWorker: boolean) => Promise<DatasetAnswer>
}

globalThis.gankitDataset = (task, inWorker) =>
  inWorker
    ? askWorker(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), task)
    : openDataset(task)
