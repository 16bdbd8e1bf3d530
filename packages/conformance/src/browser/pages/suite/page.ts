import { askWorker } from '../../ask-worker.ts'
import { type Answer, answer, type Task } from './tasks.ts'

declare global {
  /** Does a task in this page, or in a module worker of the page. */
  var gankitTask: (task: Task, inWorker: boolean) => Promise<Answer>
}

globalThis.gankitTask = (task, inWorker) =>
  inWorker
    ? askWorker(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), task)
    : answer(task)
