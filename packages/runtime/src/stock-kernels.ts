import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs-core'

/** Registers a kernel in place of the one with the same name and backend. */
export function replaceKernel(kernel: tf.KernelConfig): void {
  if (tf.getKernel(kernel.kernelName, kernel.backendName))
    tf.unregisterKernel(kernel.kernelName, kernel.backendName)
  tf.registerKernel(kernel)
}

/**
 * Finds the kernels that tfjs registered for a backend, also once they are replaced.
 * @param first what to do before, for the error: "import '@tensorflow/tfjs-backend-wasm' 4.22"
 * @returns a function that throws a GankitError for an unknown kernel
 */
export function stockKernels(backend: string, first: string): (name: string) => tf.KernelConfig {
  const stock = new Map<string, tf.KernelConfig>()
  return name => {
    const kernel = stock.get(name) ?? tf.getKernel(name, backend)
    if (!kernel)
      throw new GankitError(
        'runtime',
        'backend',
        `the ${backend} backend has no kernel ${name}: ${first} before its training kernels are registered`,
      )
    stock.set(name, kernel)
    return kernel
  }
}
