import { type Answer, answer, type Task } from './tasks.ts'

declare global {
  /** Does a task here, or in a module worker of this page. */
  var gankitTask: (task: Task, inWorker: boolean) => Promise<Answer>
}

globalThis.gankitTask = (task, inWorker) => (inWorker ? answerOfWorker(task) : answer(task))

function answerOfWorker(task: Task): Promise<Answer> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = event => reject(new Error(event.message || 'the worker could not be loaded'))
    worker.postMessage(task)
  }).finally(() => worker.terminate())
}
