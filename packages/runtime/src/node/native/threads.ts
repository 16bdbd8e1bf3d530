import { availableParallelism } from 'node:os'
import { GankitError } from '@gankit/core'

export interface NativeThreads {
  /** Default: one a core, or TF_NUM_INTRAOP_THREADS. */
  readonly threads?: number
  /** 'short' has one thread by default. */
  readonly operations?: Operations
}

/**
 * How long a backend's operations take: 'short' are those of nets of dense layers, which are over in less time than it
 * takes native TensorFlow to hand a part of them to another thread; 'long' those of convolutions.
 */
export type Operations = 'short' | 'long'

/** @throws GankitError for anything but a length there is */
export function checkOperations(operations: unknown): asserts operations is Operations | undefined {
  if (operations === undefined || operations === 'short' || operations === 'long') return
  throw new GankitError('runtime', 'option', `operations is '${operations}', expected short or long`)
}

const variable = 'TF_NUM_INTRAOP_THREADS'

// TensorFlow makes its threads once a process.
let running: number | undefined

/** Loads TensorFlow with so many threads. @returns how many it has, and what to say where that isn't what was asked for */
export function withThreads(
  { threads: asked, operations }: NativeThreads,
  load: () => unknown,
): { readonly threads: number; readonly note: string } {
  if (running !== undefined) {
    load()
    const differs = asked !== undefined && asked !== running
    return { threads: running, note: differs ? `, with the ${running} threads that it started with` : '' }
  }
  const before = process.env[variable]
  const threads = asked ?? (Number(before) || (operations === 'short' ? 1 : availableParallelism()))
  process.env[variable] = String(threads)
  try {
    load()
  } finally {
    // It is read while TensorFlow loads, and isn't meant for the processes that this one starts.
    if (before === undefined) delete process.env[variable]
    else process.env[variable] = before
  }
  running = threads
  return { threads, note: '' }
}
