import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs-core'

const stock = new Map<string, tf.KernelConfig>()

/** What tfjs-node registered under this name, remembered over replacements. */
export function stockKernel(name: string): tf.KernelConfig {
  const kernel = stock.get(name) ?? tf.getKernel(name, 'tensorflow')
  if (!kernel)
    throw new GankitError(
      'runtime',
      'backend',
      `the backend 'tensorflow' has no kernel ${name}: start tfjs-node 4.22 before its training kernels are registered`,
    )
  stock.set(name, kernel)
  return kernel
}
