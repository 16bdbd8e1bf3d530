import type { Given, Message, Reply, Result, TaskName } from './protocol.ts'

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
  onProgress?: ((done: number, total: number) => void) | undefined
}

export interface CallOptions {
  readonly signal?: AbortSignal
  onProgress?(done: number, total: number): void
}

/** The page's side of the worker that draws. */
class GeneratorClient {
  isDead = false
  private readonly worker: Worker
  private readonly waiting = new Map<number, Waiting>()
  private next = 0

  constructor() {
    this.worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = ({ data }: MessageEvent<Reply>) => this.hear(data)
    this.worker.onerror = event => {
      event.preventDefault()
      this.isDead = true
      this.worker.terminate()
      for (const { reject } of this.waiting.values())
        reject(new Error(event.message || 'the script of its worker could not be loaded'))
      this.waiting.clear()
    }
  }

  /** @throws Error with what went wrong, in one line; an AbortError for a task that was called off */
  call<Name extends TaskName>(
    task: Name,
    given: Given<Name>,
    { signal, onProgress }: CallOptions = {},
  ): Promise<Result<Name>> {
    const id = this.next++
    return new Promise<unknown>((resolve, reject) => {
      signal?.throwIfAborted()
      this.waiting.set(id, { resolve, reject, onProgress })
      signal?.addEventListener('abort', () => {
        if (!this.waiting.delete(id)) return
        this.send({ cancel: id })
        reject(signal.reason as Error)
      })
      this.send({ id, task, given })
    }) as Promise<Result<Name>>
  }

  private send(message: Message): void {
    this.worker.postMessage(message)
  }

  private hear(reply: Reply): void {
    const waiting = this.waiting.get(reply.id)
    if (!waiting) return
    if ('done' in reply) {
      waiting.onProgress?.(reply.done, reply.total)
      return
    }
    this.waiting.delete(reply.id)
    if ('failure' in reply) waiting.reject(new Error(reply.failure))
    else waiting.resolve(reply.result)
  }
}

let client: GeneratorClient | undefined

/** Has the worker do something; it starts at the first call, and again where it has ended. */
export function callWorker<Name extends TaskName>(
  task: Name,
  given: Given<Name>,
  options?: CallOptions,
): Promise<Result<Name>> {
  if (!client || client.isDead) client = new GeneratorClient()
  return client.call(task, given, options)
}

export const isAborted = (error: unknown): boolean => (error as Error).name === 'AbortError'

/**
 * Runs one piece of work at a time. Of values that come meanwhile, as a slider gives them, only the latest is next.
 * @param work what is done with a value; its failures are its own
 */
export function takeLatest<Value>(work: (value: Value) => Promise<void>): (value: Value) => void {
  let next: { readonly value: Value } | undefined
  let isRunning = false
  const run = async () => {
    isRunning = true
    while (next) {
      const { value } = next
      next = undefined
      await work(value)
    }
    isRunning = false
  }
  return value => {
    next = { value }
    if (!isRunning) void run()
  }
}
