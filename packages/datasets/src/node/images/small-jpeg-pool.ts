import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Region, Size } from '../../images/image-options.ts'
import { startWorkerThread, type ThreadEntry, type WorkerThread } from '../worker-thread.ts'
import type { ListedFile, PictureFile } from './picture-file.ts'
import {
  compileSmallJpegModules,
  maxSmallJpeg,
  type SmallJpegReply,
  type SmallJpegRequest,
  SmallJpegs,
  type Target,
} from './small-jpeg.ts'

/** Pictures per request: few enough that all threads finish at about the same time. */
const picturesPerRequest = 8

/** Fewer pictures are decoded before a thread has started. */
const minPicturesForThreads = 128

const worker: ThreadEntry = {
  name: 'the thread',
  source: new URL('./small-jpeg-worker.ts', import.meta.url),
  built: './node/images/small-jpeg-worker.js',
}

type Samples = readonly (Uint8Array | undefined)[]
type Thread = WorkerThread<SmallJpegRequest, SmallJpegReply>

export interface SmallJpegWork {
  /** The number of pictures to come. */
  readonly count: number
  readonly target: Target
  /** The crop region of pictures of this size; undefined where libvips has to decode them. */
  findRegion(size: Size): Region | undefined
}

export interface SmallJpegPool {
  /** Threads beside this one, when they have started; 0 where few pictures are to come, or none could be started. */
  readonly started: Promise<number>
  /** A sample of each picture, undefined where libvips has to decode it. Calls are served in their order. */
  makeSamples(files: readonly PictureFile[]): Promise<Samples>
  end(): Promise<void>
}

/**
 * Starts one thread per core, at most 8. Until they have started, and where none can be started, this thread does the work;
 * the samples are the same.
 * @param start starts a thread
 */
export async function startSmallJpegPool(
  { count, target, findRegion }: SmallJpegWork,
  start: typeof startWorkerThread = startWorkerThread,
): Promise<SmallJpegPool> {
  const modules = await compileSmallJpegModules()
  const queue = new RequestQueue(createLocalThread(new SmallJpegs(modules, target)), findRegion)
  const wanted = count < minPicturesForThreads ? 0 : Math.min(availableParallelism(), 8)
  const starts = Array.from({ length: wanted }, async () => {
    queue.addThread(await start<SmallJpegRequest, SmallJpegReply>(worker, { modules, target }))
  })
  const started = Promise.allSettled(starts)
  return {
    started: started.then(() => queue.threads.size),
    makeSamples: files => queue.makeSamples(files),
    async end() {
      queue.cancel()
      await started
      await Promise.all([...queue.threads].map(thread => thread.end()))
    },
  }
}

/** Decodes in this thread, as a worker would. */
function createLocalThread(jpegs: SmallJpegs): Thread {
  return {
    async ask(request) {
      // Lets other work of this thread run in between.
      await setImmediate()
      return jpegs.answer(request)
    },
    end: async () => {},
  }
}

/** Requests that wait for a thread. This thread works only until another one has started. */
class RequestQueue {
  readonly threads: Set<Thread> = new Set()
  readonly #localThread: Thread
  readonly #findRegion: SmallJpegWork['findRegion']
  readonly #idle: Set<Thread>
  readonly #waiting: { readonly files: readonly PictureFile[]; done(samples: Samples): void }[] = []

  constructor(localThread: Thread, findRegion: SmallJpegWork['findRegion']) {
    this.#localThread = localThread
    this.#findRegion = findRegion
    this.#idle = new Set([localThread])
  }

  addThread(thread: Thread): void {
    this.threads.add(thread)
    this.#idle.delete(this.#localThread)
    void this.#work(thread)
  }

  async makeSamples(files: readonly PictureFile[]): Promise<Samples> {
    const requests = Array.from(
      { length: Math.ceil(files.length / picturesPerRequest) },
      (_, i) =>
        new Promise<Samples>(done => {
          const from = i * picturesPerRequest
          this.#waiting.push({ files: files.slice(from, from + picturesPerRequest), done })
        }),
    )
    const free = [...this.#idle]
    this.#idle.clear()
    for (const thread of free) void this.#work(thread)
    return (await Promise.all(requests)).flat()
  }

  /** Answers all waiting requests with no samples. */
  cancel(): void {
    for (const { files, done } of this.#waiting.splice(0)) done(files.map(() => undefined))
  }

  /** Works until no request is left; this thread stops when another one has started. */
  async #work(thread: Thread): Promise<void> {
    const isNeeded = () => thread !== this.#localThread || this.threads.size === 0
    const next = () => (isNeeded() ? this.#waiting.shift() : undefined)
    for (let request = next(); request; request = next()) {
      const { files, done } = request
      // Where a worker fails, this thread decodes; the samples are the same.
      const samples = this.#makeSamplesBy(thread, files).catch(() =>
        this.#makeSamplesBy(this.#localThread, files),
      )
      done(await samples.catch(() => files.map(() => undefined)))
    }
    if (isNeeded()) this.#idle.add(thread)
  }

  /** Asks a thread for samples, and again with the crop regions of sizes that it asks about. */
  async #makeSamplesBy(thread: Thread, files: readonly PictureFile[]): Promise<Samples> {
    const pictures = await Promise.all(files.map(toRequestPicture))
    const samples: (Uint8Array | undefined)[] = Array.from(files, () => undefined)
    let places = pictures.flatMap((picture, i) => (picture ? [i] : []))
    let regions: SmallJpegRequest['regions'] = []
    while (places.length > 0) {
      const reply = await thread.ask({ pictures: places.map(i => pictures[i]!), regions })
      const questions: [number, Size][] = []
      const length = reply.samples.length / places.length
      for (const [i, found] of reply.found.entries()) {
        if (found === true) samples[places[i]!] = reply.samples.subarray(i * length, (i + 1) * length)
        else if (found) questions.push([places[i]!, found])
      }
      places = questions.map(([place]) => place)
      regions = questions.map(([, size]) => [size, this.#findRegion(size) ?? null])
    }
    return samples
  }
}

/** The file on the disk, or the bytes of an entry of a zip. @returns undefined for pictures that are not small */
async function toRequestPicture(file: PictureFile): Promise<ListedFile | Uint8Array | undefined> {
  const { path, size, modified } = file
  if (size === 0 || size > maxSmallJpeg.bytes) return undefined
  return path === undefined ? await file.read().catch(() => undefined) : { path, size, modified }
}
