import * as tf from '@tensorflow/tfjs'

/** One check that every backend has to pass. */
export interface Case {
  readonly name: string
  /**
   * Runs the check on the backend that tfjs uses now, and reads results by `data()` alone.
   * @throws Error with the case's name, the worst difference and the shape
   */
  run(): Promise<void>
}

/** Creates a case. Its body has to dispose of every tensor that the body makes: a tensor left behind fails the case. */
export function createCase(name: string, body: () => Promise<void>): Case {
  return {
    name,
    async run() {
      const before = tf.memory().numTensors
      try {
        await body()
      } catch (error) {
        throw new Error(`${name}, on ${tf.getBackend()}: ${(error as Error).message}`, { cause: error })
      }
      const left = tf.memory().numTensors - before
      if (left !== 0)
        throw new Error(`${name}, on ${tf.getBackend()}: ${left} tensors left behind, expected 0`)
    },
  }
}
