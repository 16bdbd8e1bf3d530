import { type SelectOptions, selectBackend } from '@gankit/runtime/browser'
import * as tf from '@tensorflow/tfjs'

/** What a page got, and a product that its backend computed. */
export interface ThreadsAnswer {
  readonly backend: string
  readonly threads: number
  readonly reason: string
  readonly product: readonly number[]
  /** Milliseconds that choosing a backend took. */
  readonly time: number
}

declare global {
  /** Chooses a backend, and multiplies two matrices on it. */
  var gankitThreads: (options: SelectOptions) => Promise<ThreadsAnswer>
}

globalThis.gankitThreads = async options => {
  const start = performance.now()
  const { backend, threads, reason } = await selectBackend(options)
  const time = performance.now() - start
  const product = await tf.max(tf.matMul(tf.ones([300, 400]), tf.fill([400, 200], 0.5))).data()
  return { backend, threads, reason, product: [...product], time }
}
