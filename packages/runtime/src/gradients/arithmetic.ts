import * as tf from '@tensorflow/tfjs'
import { type GradientRule, sumToShape } from './rule.ts'

/** The larger or the smaller of two values: the chosen one gets the gradient, the first where both are equal. */
const createChoiceRule = (
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

/** The stock gradients of these throw where an input was broadcast. */
export const arithmetic: readonly GradientRule[] = [
  createChoiceRule('Maximum', tf.greaterEqual),
  createChoiceRule('Minimum', tf.lessEqual),
  {
    kernelName: 'SquaredDifference',
    inputsToSave: ['a', 'b'],
    gradient(dy, [a, b]) {
      const slope = () => dy.mul(a!.sub(b!)).mul(2)
      return { a: () => sumToShape(a!, slope()), b: () => sumToShape(b!, slope().neg()) }
    },
  },
]
