import * as tf from '@tensorflow/tfjs'
import { type GradientRule, sumToShape } from './rule.ts'

/** The larger or the smaller of two: whoever is chosen gets the gradient, the first of two equals. */
const choice = (
  kernelName: 'Maximum' | 'Minimum',
  isFirst: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
): GradientRule => ({
  kernelName,
  inputsToSave: ['a', 'b'],
  gradient: (dy, [a, b]) => ({
    a: () => sumToShape(a!, dy.mul(isFirst(a!, b!).toFloat())),
    b: () => sumToShape(b!, dy.mul(isFirst(a!, b!).logicalNot().toFloat())),
  }),
})

/** Stock, these throw where an input was broadcast. */
export const arithmetic: readonly GradientRule[] = [
  choice('Maximum', tf.greaterEqual),
  choice('Minimum', tf.lessEqual),
  {
    kernelName: 'SquaredDifference',
    inputsToSave: ['a', 'b'],
    gradient(dy, [a, b]) {
      const slope = () => dy.mul(a!.sub(b!)).mul(2)
      return { a: () => sumToShape(a!, slope()), b: () => sumToShape(b!, slope().neg()) }
    },
  },
]
