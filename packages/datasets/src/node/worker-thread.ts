import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** A thread that answers one request at a time. It keeps the process alive only while it has a request. */
export interface WorkerThread<Request, Reply> {
  /** @throws Error where the thread fails or has ended */
  ask(request: Request): Promise<Reply>
  end(): Promise<void>
}

/** A module that runs in a thread. It has to post one message when it is ready, and one for each request. */
export interface ThreadEntry {
  /** The thread's name in messages. */
  readonly name: string
  /** The module in a checkout. */
  readonly source: URL
  /** The module in a build, relative to `dist/`. */
  readonly built: string
}

/** Starts a thread and waits until it is ready. @throws Error where it can't be started */
export async function startWorkerThread<Request, Reply>(
  entry: ThreadEntry,
  workerData: unknown,
): Promise<WorkerThread<Request, Reply>> {
  const worker = createWorker(entry, workerData)
  try {
    await nextMessage(worker, entry.name)
  } catch (error) {
    await worker.terminate()
    throw error
  }
  worker.unref()
  let ended = false
  worker.once('exit', () => {
    ended = true
  })
  return {
    async ask(request) {
      // An ended thread would never answer.
      if (ended) throw new Error(`${entry.name} has ended`)
      const reply = nextMessage(worker, entry.name)
      worker.ref()
      worker.postMessage(request)
      try {
        return (await reply) as Reply
      } finally {
        worker.unref()
      }
    },
    end: async () => void (await worker.terminate()),
  }
}

function createWorker({ source, built }: ThreadEntry, workerData: unknown): Worker {
  const inSource = import.meta.url.endsWith('.ts')
  if (!inSource) return new Worker(new URL(built, import.meta.url), { workerData })
  // A checkout has only sources, and tsx's --import has no effect in a thread.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'))
  const api = JSON.stringify(new URL('./esm/api/index.mjs', tsx).href)
  const module = JSON.stringify(source.href)
  const script = `import(${api}).then(({ register }) => (register(), import(${module})))`
  return new Worker(script, { eval: true, workerData, execArgv: ['--conditions=@gankit/source'] })
}

/** @throws the error that ended the thread, or an Error that it ended */
function nextMessage(worker: Worker, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const listen = (on: 'on' | 'off') => {
      worker[on]('message', onMessage)[on]('error', onError)[on]('exit', onExit)
    }
    const onMessage = (message: unknown) => {
      listen('off')
      resolve(message)
    }
    const onError = (error: unknown) => {
      listen('off')
      reject(error)
    }
    const onExit = (code: number) => onError(new Error(`${name} ended with code ${code}`))
    listen('on')
  })
}
