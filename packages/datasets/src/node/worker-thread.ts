import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** A thread that answers one request at a time. It doesn't keep the process alive while it has none. */
export interface WorkerThread<Request, Reply> {
  /** @throws Error where the thread fails or has ended */
  ask(request: Request): Promise<Reply>
  end(): Promise<void>
}

/** A module that runs in a thread. It has to post a message once it is there, and one for each request. */
export interface ThreadEntry {
  /** In a checkout. */
  readonly source: URL
  /** In a build, seen from `dist/`. */
  readonly built: string
}

/**
 * @throws Error where the thread can't be started
 */
export async function startWorkerThread<Request, Reply>(
  entry: ThreadEntry,
  workerData: unknown,
): Promise<WorkerThread<Request, Reply>> {
  const worker = newWorker(entry, workerData)
  try {
    await nextMessage(worker)
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
      if (ended) throw new Error('the thread has ended')
      const reply = nextMessage(worker)
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

function newWorker({ source, built }: ThreadEntry, workerData: unknown): Worker {
  const inSource = import.meta.url.endsWith('.ts')
  if (!inSource) return new Worker(new URL(built, import.meta.url), { workerData })
  // In a checkout there are only sources, and tsx's --import does nothing in a thread.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'))
  const api = JSON.stringify(new URL('./esm/api/index.mjs', tsx).href)
  const module = JSON.stringify(source.href)
  const script = `import(${api}).then(({ register }) => (register(), import(${module})))`
  return new Worker(script, { eval: true, workerData, execArgv: ['--conditions=@gankit/source'] })
}

/** @throws what went wrong in the thread, or that it ended */
function nextMessage(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const listen = (on: 'on' | 'off') => {
      worker[on]('message', said)[on]('error', failed)[on]('exit', ended)
    }
    const said = (message: unknown) => {
      listen('off')
      resolve(message)
    }
    const failed = (error: unknown) => {
      listen('off')
      reject(error)
    }
    const ended = (code: number) => failed(new Error(`the thread ended with code ${code}`))
    listen('on')
  })
}
