import type * as tf from '@tensorflow/tfjs-core'
import { stockKernels } from '../stock-kernels.ts'

/** What tfjs registered for the WebGL backend under this name. */
export const stockKernel: (name: string) => tf.KernelConfig = stockKernels(
  'webgl',
  "import '@tensorflow/tfjs' 4.22",
)
