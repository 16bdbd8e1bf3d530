import * as tf from '@tensorflow/tfjs-core'

/** Puts a kernel in the place of the one with the same name and backend. */
export function replaceKernel(kernel: tf.KernelConfig): void {
  if (tf.getKernel(kernel.kernelName, kernel.backendName))
    tf.unregisterKernel(kernel.kernelName, kernel.backendName)
  tf.registerKernel(kernel)
}
