/** Sends a task to a module worker, and terminates the worker after its answer. */
export function askWorker<Task, Answer>(worker: Worker, task: Task): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = event => reject(new Error(event.message || 'the worker could not be loaded'))
    worker.postMessage(task)
  }).finally(() => worker.terminate())
}
