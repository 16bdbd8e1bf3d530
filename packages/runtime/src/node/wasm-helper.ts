import { Worker } from 'node:worker_threads'
import { type Assistance, assistSource } from '../wasm/assist.ts'

/** Starts a thread that helps the wasm backend's team, and doesn't keep the process alive. */
export function startHelper(assistance: Assistance): void {
  const source = `const { workerData } = require('node:worker_threads');(${assistSource})(workerData)`
  const worker = new Worker(source, { eval: true, workerData: assistance, execArgv: [] })
  // Without it everything still runs, on one thread less.
  worker.on('error', () => undefined)
  worker.unref()
}
