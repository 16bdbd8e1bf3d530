import * as tf from '@tensorflow/tfjs'
import { withTimeout } from './with-timeout.ts'

/**
 * Makes a backend of tfjs's own the backend.
 * @param who is to answer in time: a driver
 * @throws Error where it doesn't start; the engine then forgets that it waits for the backend, for until then it refuses
 * every other one
 */
export async function startBackend(name: string, who: string, seconds: number): Promise<void> {
  const factory = tf.findBackendFactory(name)
  try {
    if (await withTimeout(seconds, who, tf.setBackend(name))) return
    throw new Error(`tfjs could not initialise it on ${who}`)
  } catch (error) {
    if (factory) {
      tf.removeBackend(name)
      tf.registerBackend(name, factory)
    }
    throw error
  }
}
