import { hasTrainingKernel, runTrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type GradientRule, runKernel } from './rule.ts'

const leakyReluGradient = (dy: tf.Tensor, x: tf.Tensor, alpha: number): tf.Tensor =>
  hasTrainingKernel('LeakyReluGrad')
    ? runTrainingKernel('LeakyReluGrad', { dy, x }, { alpha })[0]!
    : dy.mul(tf.step(x, alpha))

export const activations: readonly GradientRule[] = [
  {
    // Two kernels, or one where the backend has `LeakyReluGrad`; stock tfjs runs three.
    kernelName: 'LeakyRelu',
    inputsToSave: ['x'],
    gradient: (dy, [x], { alpha }) => ({ x: () => leakyReluGradient(dy, x!, alpha) }),
  },
  {
    kernelName: 'LeakyReluGrad',
    inputsToSave: ['x'],
    gradient: (ddx, [x], { alpha }) => ({
      dy: () => leakyReluGradient(ddx, x!, alpha),
      x: () => tf.zerosLike(x!),
    }),
  },
  {
    kernelName: 'Relu',
    inputsToSave: ['x'],
    gradient: (dy, [x]) => ({ x: () => dy.mul(tf.step(x!)) }),
  },
  {
    // dx = dy·(y + 1) below zero, so the derivative in y is dy there and 0 elsewhere.
    kernelName: 'EluGrad',
    inputsToSave: ['dy', 'y'],
    gradient: (ddx, [dy, y]) => ({
      dy: () => runKernel('EluGrad', { dy: ddx, y: y! }),
      y: () => ddx.mul(dy!).mul(tf.step(y!.neg())),
    }),
  },
  {
    // Stock tfjs gives −1 as the derivative at zero.
    kernelName: 'Abs',
    inputsToSave: ['x'],
    gradient: (dy, [x]) => ({ x: () => dy.mul(tf.sign(x!.toFloat())) }),
  },
]
