import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Region } from '../../images/image-options.ts'
import { startWorkerThread, type ThreadEntry, type WorkerThread } from '../worker-thread.ts'
import type { FileAsListed, PictureFile } from './picture-file.ts'
import {
  type Size,
  type SmallJpegReply,
  type SmallJpegRequest,
  SmallJpegs,
  small,
  smallJpegModules,
  type Target,
} from './small-jpeg.ts'

/** Pictures that a thread is given at a time: small enough for the threads to finish together. */
const portion = 8

/** Fewer pictures are done before a thread is there. */
const worthThreads = 128

const worker: ThreadEntry = {
  source: new URL('./small-jpeg-worker.ts', import.meta.url),
  built: './node/images/small-jpeg-worker.js',
}

type Samples = readonly (Uint8Array | undefined)[]
type Thread = WorkerThread<SmallJpegRequest, SmallJpegReply>

export interface SmallJpegWork {
  /** Pictures to come. */
  readonly count: number
  readonly target: Target
  /** What is taken of a picture of this size; undefined where it is not for here. */
  regionOf(size: Size): Region | undefined
}

export interface SmallJpegPool {
  /** Threads beside this one, once they are there; 0 where few pictures are to come, or none could be started. */
  readonly started: Promise<number>
  /** A sample of each picture, undefined where libvips has to look at it. Calls are served in their order. */
  samplesOf(files: readonly PictureFile[]): Promise<Samples>
  end(): Promise<void>
}

/**
 * As many threads as there are cores, at most 8. Until they are there, and where there are none, this one does the work;
 * the samples are the same.
 * @param start how a thread is started
 */
export async function startSmallJpegPool(
  { count, target, regionOf }: SmallJpegWork,
  start: typeof startWorkerThread = startWorkerThread,
): Promise<SmallJpegPool> {
  const modules = await smallJpegModules()
  const here = new SmallJpegs(modules, target)
  const thisThread: Thread = {
    async ask(request) {
      // All else in this thread has its turn in between.
      await setImmediate()
      return here.answer(request)
    },
    end: async () => {},
  }
  const queue: { readonly files: readonly PictureFile[]; done(samples: Samples): void }[] = []
  // This one begins, until others are there.
  const idle = new Set([thisThread])
  const threads = new Set<Thread>()
  const wanted = count < worthThreads ? 0 : Math.min(availableParallelism(), 8)
  const starts = Array.from({ length: wanted }, async () => {
    const thread = await start<SmallJpegRequest, SmallJpegReply>(worker, {
      modules,
      target,
    })
    threads.add(thread)
    idle.delete(thisThread)
    void work(thread)
  })
  const started = Promise.allSettled(starts)

  /** Works until nothing is left to do; this thread, until there is another one. */
  async function work(thread: Thread): Promise<void> {
    const isNeeded = () => thread !== thisThread || threads.size === 0
    for (let job = isNeeded() && queue.shift(); job; job = isNeeded() && queue.shift()) {
      const { files, done } = job
      // One that has ended is no loss: this thread makes the same bytes.
      const samples = samplesBy(thread, files).catch(() => samplesBy(thisThread, files))
      done(await samples.catch(() => files.map(() => undefined)))
    }
    if (isNeeded()) idle.add(thread)
  }

  async function samplesBy(thread: Thread, files: readonly PictureFile[]): Promise<Samples> {
    const pictures = await Promise.all(files.map(pictureOf))
    const samples: (Uint8Array | undefined)[] = Array.from(files, () => undefined)
    let places = pictures.flatMap((picture, i) => (picture ? [i] : []))
    let regions: SmallJpegRequest['regions'] = []
    while (places.length > 0) {
      const reply = await thread.ask({ pictures: places.map(i => pictures[i]!), regions })
      const asked: [number, Size][] = []
      const length = reply.samples.length / places.length
      for (const [i, found] of reply.found.entries()) {
        if (found === true) samples[places[i]!] = reply.samples.subarray(i * length, (i + 1) * length)
        else if (found) asked.push([places[i]!, found])
      }
      places = asked.map(([place]) => place)
      regions = asked.map(([, size]) => [size, regionOf(size) ?? null])
    }
    return samples
  }

  return {
    started: started.then(() => threads.size),
    async samplesOf(files) {
      const parts = Array.from(
        { length: Math.ceil(files.length / portion) },
        (_, i) =>
          new Promise<Samples>(done => {
            queue.push({ files: files.slice(i * portion, (i + 1) * portion), done })
          }),
      )
      const free = [...idle]
      idle.clear()
      for (const thread of free) void work(thread)
      return (await Promise.all(parts)).flat()
    },
    async end() {
      for (const { files, done } of queue.splice(0)) done(files.map(() => undefined))
      await started
      await Promise.all([...threads].map(thread => thread.end()))
    },
  }
}

/** What a thread gets: where a file is, or the bytes of an entry. @returns undefined for what is not for here */
async function pictureOf(file: PictureFile): Promise<FileAsListed | Uint8Array | undefined> {
  const { path, size, modified } = file
  if (size === 0 || size > small.bytes) return undefined
  return path === undefined ? await file.read().catch(() => undefined) : { path, size, modified }
}
