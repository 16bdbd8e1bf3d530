import { hasTrainingKernel, runTrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type GradientRule, runKernel } from './rule.ts'

const leakyReluGradient = (dy: tf.Tensor, x: tf.Tensor, alpha: number): tf.Tensor =>
  hasTrainingKernel('LeakyReluGrad')
    ? runTrainingKernel('LeakyReluGrad', { dy, x }, { alpha })[0]!
    : dy.mul(tf.step(x, alpha))

export const activations: readonly GradientRule[] = [
  {
    // Two kernels, or one where the backend has it, for the stock three: a comparison, a product and a choice.
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
    // dx = dy·(y + 1) below zero, so its slope in y is dy there, and nowhere else.
    kernelName: 'EluGrad',
    inputsToSave: ['dy', 'y'],
    gradient: (ddx, [dy, y]) => ({
      dy: () => runKernel('EluGrad', { dy: ddx, y: y! }),
      y: () => ddx.mul(dy!).mul(tf.step(y!.neg())),
    }),
  },
  {
    // Stock, the slope at zero is −1.
    kernelName: 'Abs',
    inputsToSave: ['x'],
    gradient: (dy, [x]) => ({ x: () => dy.mul(tf.sign(x!.toFloat())) }),
  },
]
