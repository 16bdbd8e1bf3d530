import type * as tf from '@tensorflow/tfjs-core'
import { stockKernels } from '../../stock-kernels.ts'

/** What tfjs-node registered under this name. */
export const stockKernel: (name: string) => tf.KernelConfig = stockKernels(
  'tensorflow',
  'start tfjs-node 4.22',
)
