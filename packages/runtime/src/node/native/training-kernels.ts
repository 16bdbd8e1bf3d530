import * as tf from '@tensorflow/tfjs-core'
import type { Precision } from '../../choice.ts'
import { replaceKernel } from '../../stock-kernels.ts'
import { adamUpdate } from './adam.ts'
import { addKernel } from './add.ts'
import { type Arithmetic, inBfloat16, inFloat32 } from './arithmetic.ts'
import type { NativeBackend } from './backend.ts'
import { batchNormGradKernel, batchNormKernel } from './batch-norm.ts'
import {
  conv2dBackpropFilterKernel,
  conv2dBackpropInputKernel,
  conv2dKernel,
  fusedConv2dKernel,
} from './conv-2d.ts'
import { leakyReluGradKernel, leakyReluKernel } from './leaky-relu.ts'
import { fusedMatMulKernel, matMulKernel } from './mat-mul.ts'
import { reflectionPadGradKernel } from './reflection-pad-grad.ts'
import { reshapeKernel } from './reshape.ts'
import { squaredSumKernel } from './squared-sum.ts'
import { sumKernel } from './sum.ts'

/**
 * Registers TensorFlow's own fused operations for the backend 'tensorflow': the training kernels of `@gankit/core`, and
 * faster replacements of kernels of tfjs-node 4.22 with the same results. Call it while that backend runs; a second call
 * changes nothing.
 *
 * 'mixed' computes convolutions and matrix products in bfloat16, as PyTorch's autocast does: float32 weights are
 * rounded on the way in, sums inside are float32, and results stay in bfloat16 from one convolution to the next. Weights,
 * their gradients as the optimizer sees them, statistics and losses are float32. 'float32' switches back.
 *
 * On a GPU batch norm and instance norm stay composed: TensorFlow keeps other statistics for its gradient there.
 */
export function registerNativeTrainingKernels(precision: Precision = 'float32'): void {
  const backend = tf.backend() as unknown as NativeBackend
  const arithmetic = precision === 'mixed' ? inBfloat16(backend) : inFloat32
  for (const kernel of [adamUpdate, reflectionPadGradKernel, squaredSumKernel, sumKernel()])
    replaceKernel(kernel)
  const own: ((arithmetic: Arithmetic) => tf.KernelConfig)[] = backend.isUsingGpuDevice
    ? kernels
    : [...kernels, ...normalization]
  for (const kernel of own) replaceKernel(kernel(arithmetic))
}

const normalization = [
  batchNormKernel('BatchNorm'),
  batchNormGradKernel('BatchNormGrad'),
  batchNormKernel('InstanceNorm'),
  batchNormGradKernel('InstanceNormGrad'),
]

const kernels = [
  addKernel,
  conv2dKernel,
  fusedConv2dKernel,
  conv2dBackpropInputKernel,
  conv2dBackpropFilterKernel,
  matMulKernel,
  fusedMatMulKernel,
  reshapeKernel,
  leakyReluKernel,
  leakyReluGradKernel,
]
