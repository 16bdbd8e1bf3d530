import { availableParallelism } from 'node:os'
import { type DrawnFace, drawFace } from '../../cartoon/draw-face.ts'
import type { FaceSettings } from '../../cartoon/options.ts'
import { startRenderer } from '../../cartoon/renderer.ts'
import type { DrawingRequest } from './draw-worker.ts'
import { type DrawingThread, startDrawingThread } from './drawing-thread.ts'
import { rendererModule } from './renderer-module.ts'

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
