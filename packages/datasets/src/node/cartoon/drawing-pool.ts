import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type DrawnFace, drawFace } from '../../cartoon/draw-face.ts'
import type { FaceSettings } from '../../cartoon/face-options.ts'
import { startRenderer } from '../../cartoon/renderer.ts'
import type { DrawingOrders, DrawingReply, DrawingRequest } from './draw-worker.ts'

/** Faces that a thread draws at a time: small enough for the threads to finish together. */
const portion = 16

export interface DrawingPool {
  /** Threads beside this one; 0 where none could be started. */
  readonly threads: number
  /** Faces `from` to `to` − 1, in order. */
  draw(from: number, to: number): Promise<readonly DrawnFace[]>
  end(): Promise<void>
}

/**
 * As many threads as there are cores, at most 8. Where none can be started the faces are drawn in this one; they are
 * the same.
 * @param start how a thread is started
 */
export async function startDrawingPool(
  settings: FaceSettings,
  start: typeof startDrawingThread = startDrawingThread,
): Promise<DrawingPool> {
  const renderer = await rendererModule()
  const wanted = Math.min(availableParallelism(), 8, Math.ceil(settings.count / portion))
  const starts = Array.from({ length: wanted }, () => start({ settings, renderer }))
  const threads = (await Promise.allSettled(starts)).flatMap(started =>
    started.status === 'fulfilled' ? [started.value] : [],
  )
  const started = threads.length
  if (started === 0) {
    await startRenderer(() => renderer)
    threads.push(thisThread(settings))
  }
  return {
    threads: started,
    async draw(from, to) {
      const requests = Array.from({ length: Math.ceil((to - from) / portion) }, (_, i) => ({
        from: from + i * portion,
        to: Math.min(from + (i + 1) * portion, to),
      }))
      return (await shareOut(requests, threads)).flat()
    },
    end: async () => void (await Promise.all(threads.map(thread => thread.end()))),
  }
}

/** Each thread takes the next request when it is done with its last. */
async function shareOut(requests: readonly DrawingRequest[], threads: readonly DrawingThread[]) {
  const drawn: (readonly DrawnFace[])[] = []
  const queue = requests.entries()
  await Promise.all(
    threads.map(async thread => {
      // One iterator for all: an entry is taken once.
      for (const [place, request] of queue) drawn[place] = await thread.draw(request)
    }),
  )
  return drawn
}

function thisThread(settings: FaceSettings): DrawingThread {
  return {
    draw: async ({ from, to }) => Array.from({ length: to - from }, (_, i) => drawFace(settings, from + i)),
    end: async () => {},
  }
}

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

/** The renderer's binary from this package's own dependencies, compiled; threads may share it. */
export async function rendererModule(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  return await WebAssembly.compile(await readFile(path))
}
