import { Worker } from 'node:worker_threads'

/** What is watched, and what is said. */
export interface Watch {
  /** Signals that stop. */
  readonly names: readonly string[]
  /** Those of which a second one ends the process. */
  readonly endingNames: readonly string[]
  /** Whether it was said that the command is stopping, 0 or 1, in memory that both threads see. Who sets it says so. */
  readonly printed: Int32Array
  /** What is said. */
  readonly message: string
}

/**
 * Milliseconds after the first signal in which further ones are its echoes: a terminal signals every process of a job, and
 * npx passes on what it got, so that one Ctrl-C arrives twice.
 */
export const echo = 500

/**
 * Watches for a second signal from a thread of its own, because a step that takes long keeps the main thread from hearing
 * any: WebAssembly runs to its end. The second signal ends the process half a second later, unless the main thread, which
 * can say with which code, was faster. A first one that the main thread doesn't hear is answered from here.
 *
 * No public function of Node tells other threads than the main one about signals. `process.binding` does, which is
 * deprecated; a Node without it calls `onFailure`.
 * @param end called in the main thread for the second signal
 * @param onFailure called where no thread can watch
 * @returns a function that ends the watch
 */
export function watchSecondSignal(watch: Watch, end: () => void, onFailure: () => void): () => void {
  const worker = new Worker(threadSource, { eval: true, workerData: { ...watch, echo } })
  worker.unref()
  worker.on('message', end)
  worker.on('error', onFailure)
  return () => void worker.terminate()
}

const threadSource = `
process.noDeprecation = true
const { writeSync } = require('node:fs')
const { constants } = require('node:os')
const { parentPort, workerData } = require('node:worker_threads')
const { names, endingNames, printed, message, echo } = workerData
const { Signal } = process.binding('signal_wrap')
let first
for (const name of names) {
  const signal = new Signal()
  signal.onsignal = () => {
    if (first === undefined) {
      first = performance.now()
      setTimeout(() => {
        if (Atomics.exchange(printed, 0, 1) > 0) return
        try {
          writeSync(2, message)
        } catch {}
      }, echo / 2)
    } else if (endingNames.includes(name) && performance.now() - first > echo) {
      parentPort.postMessage('end')
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), echo)
    }
  }
  signal.start(constants.signals[name])
}
`
