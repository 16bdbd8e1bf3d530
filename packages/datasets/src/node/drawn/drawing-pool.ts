import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { type DrawnSet, drawPicture } from '../../drawn/drawn-set.ts'
import { type DrawnPicture, startRenderer } from '../../drawn/renderer.ts'
import { startWorkerThread, type ThreadEntry, type WorkerThread } from '../worker-thread.ts'
import type { DrawingOrders, DrawingReply, DrawingRequest } from './draw-worker.ts'

/** Pictures per request: few enough that all threads finish at about the same time. */
const picturesPerRequest = 16

const worker: ThreadEntry = {
  name: 'the thread that draws',
  source: new URL('./draw-worker.ts', import.meta.url),
  built: './node/drawn/draw-worker.js',
}

export interface DrawingPool {
  /** Threads beside this one; 0 where none could be started. */
  readonly threads: number
  /** Draws pictures `from` to `to` − 1, in order. */
  draw(from: number, to: number): Promise<readonly DrawnPicture[]>
  end(): Promise<void>
}

type DrawingThread = WorkerThread<DrawingRequest, DrawingReply>

/**
 * Starts one thread per core, at most 8. Where none can be started, or a few pictures would wait longer for it than this thread takes for
 * them, this thread draws; the pictures are the same.
 * @param start starts a thread
 */
export async function startDrawingPool(
  set: DrawnSet,
  start: typeof startWorkerThread = startWorkerThread,
): Promise<DrawingPool> {
  const renderer = await compileRenderer()
  const orders: DrawingOrders = { set, renderer }
  const requests = Math.ceil(set.settings.count / picturesPerRequest)
  const wanted = requests > 1 ? Math.min(availableParallelism(), 8, requests) : 0
  const starts = Array.from({ length: wanted }, () => start<DrawingRequest, DrawingReply>(worker, orders))
  const threads = (await Promise.allSettled(starts)).flatMap(started =>
    started.status === 'fulfilled' ? [started.value] : [],
  )
  const started = threads.length
  if (started === 0) {
    await startRenderer(() => renderer)
    threads.push(createLocalThread(set))
  }
  return {
    threads: started,
    async draw(from, to) {
      const requests = Array.from({ length: Math.ceil((to - from) / picturesPerRequest) }, (_, i) => ({
        from: from + i * picturesPerRequest,
        to: Math.min(from + (i + 1) * picturesPerRequest, to),
      }))
      return (await shareRequests(requests, threads)).flat()
    },
    end: async () => void (await Promise.all(threads.map(thread => thread.end()))),
  }
}

/** Compiles the renderer's binary from this package's own dependencies; threads may share it. */
export async function compileRenderer(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  return await WebAssembly.compile(await readFile(path))
}

/** Gives each thread the next request as soon as it has answered its last one. @throws the first error of a thread */
async function shareRequests(requests: readonly DrawingRequest[], threads: readonly DrawingThread[]) {
  const drawn: (readonly DrawnPicture[])[] = []
  const queue = requests.entries()
  await Promise.all(
    threads.map(async thread => {
      // All threads share one iterator, so each request is taken once.
      for (const [place, request] of queue) {
        const reply = await thread.ask(request)
        if ('error' in reply) throw reply.error
        drawn[place] = reply.pictures
      }
    }),
  )
  return drawn
}

/** Draws in this thread, as a worker would. */
function createLocalThread(set: DrawnSet): DrawingThread {
  return {
    ask: async ({ from, to }) => ({
      pictures: Array.from({ length: to - from }, (_, i) => drawPicture(set, from + i)),
    }),
    end: async () => {},
  }
}
