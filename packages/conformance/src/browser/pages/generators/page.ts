import { askWorker } from '../../ask-worker.ts'
import { answer, type GeneratorAnswer, type GeneratorTask } from './tasks.ts'

declare global {
  /** Does a task here, or in a module worker of this page. */
  var gankitGenerator: (task: GeneratorTask, inWorker: boolean) => Promise<GeneratorAnswer>
}

globalThis.gankitGenerator = (task, inWorker) =>
  inWorker
    ? askWorker(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), task)
    : answer(task)
