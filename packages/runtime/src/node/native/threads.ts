import { availableParallelism } from 'node:os'
import { checkChoice } from '@gankit/core'

export interface NativeThreadOptions {
  /** Default: TF_NUM_INTRAOP_THREADS, or else one for each core. */
  readonly threads?: number
  /** 'dense' takes one thread by default. */
  readonly workload?: Workload
}

/**
 * What nets compute: dense layers, whose operations end in less time than native TensorFlow takes to hand a part of them
 * to another thread, or convolutions.
 */
export type Workload = 'dense' | 'convolutional'

/** @throws GankitError for an unknown workload */
export function checkWorkload(workload: unknown): asserts workload is Workload | undefined {
  if (workload !== undefined) checkChoice('runtime', 'workload', workload, ['dense', 'convolutional'])
}

const variable = 'TF_NUM_INTRAOP_THREADS'

// TensorFlow starts its threads once in a process.
let running: number | undefined

/** Loads TensorFlow. @returns the number of its threads, and a note where another number was requested */
export function withThreads(
  { threads: wanted, workload }: NativeThreadOptions,
  load: () => unknown,
): { readonly threads: number; readonly note: string } {
  if (running !== undefined) {
    load()
    const differs = wanted !== undefined && wanted !== running
    return { threads: running, note: differs ? `, with the ${running} threads that it started with` : '' }
  }
  const before = process.env[variable]
  const threads = wanted ?? (Number(before) || (workload === 'dense' ? 1 : availableParallelism()))
  process.env[variable] = String(threads)
  try {
    load()
  } finally {
    // TensorFlow reads the variable while it loads; child processes must not inherit it.
    if (before === undefined) delete process.env[variable]
    else process.env[variable] = before
  }
  running = threads
  return { threads, note: '' }
}
