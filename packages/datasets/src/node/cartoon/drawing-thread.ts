import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { DrawnFace } from '../../cartoon/draw-face.ts'
import type { DrawingOrders, DrawingReply, DrawingRequest } from './draw-worker.ts'

/** A thread that draws one request at a time. It doesn't keep the process alive while it has none. */
export interface DrawingThread {
  draw(request: DrawingRequest): Promise<readonly DrawnFace[]>
  end(): Promise<void>
}

/** @throws Error where the thread can't be started */
export async function startDrawingThread(orders: DrawingOrders): Promise<DrawingThread> {
  const worker = newWorker(orders)
  try {
    await nextReply(worker)
  } catch (error) {
    await worker.terminate()
    throw error
  }
  worker.unref()
  return {
    async draw(request) {
      const reply = nextReply(worker)
      worker.ref()
      worker.postMessage(request)
      try {
        const said = await reply
        return 'faces' in said ? said.faces : []
      } finally {
        worker.unref()
      }
    },
    end: async () => void (await worker.terminate()),
  }
}

function newWorker(workerData: DrawingOrders): Worker {
  const inSource = import.meta.url.endsWith('.ts')
  if (!inSource) return new Worker(new URL('./node/cartoon/draw-worker.js', import.meta.url), { workerData })
  // In a checkout there are only sources, and tsx's --import does nothing in a thread.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'))
  const api = JSON.stringify(new URL('./esm/api/index.mjs', tsx).href)
  const entry = JSON.stringify(new URL('./draw-worker.ts', import.meta.url).href)
  const script = `import(${api}).then(({ register }) => (register(), import(${entry})))`
  return new Worker(script, { eval: true, workerData, execArgv: ['--conditions=@gankit/source'] })
}

/** @throws what the thread says went wrong, or that it ended */
function nextReply(worker: Worker): Promise<DrawingReply> {
  return new Promise((resolve, reject) => {
    const listen = (on: 'on' | 'off') => {
      worker[on]('message', replied)[on]('error', failed)[on]('exit', ended)
    }
    const replied = (reply: DrawingReply) => {
      listen('off')
      if ('error' in reply) reject(reply.error)
      else resolve(reply)
    }
    const failed = (error: unknown) => {
      listen('off')
      reject(error)
    }
    const ended = (code: number) => failed(new Error(`the thread that draws ended with code ${code}`))
    listen('on')
  })
}
