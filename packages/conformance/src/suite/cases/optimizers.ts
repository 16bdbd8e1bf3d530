import { adam } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { type Case, createCase } from '../case.ts'
import { draw, type Shape } from '../draw.ts'
import { expectNumbers } from '../expect-numbers.ts'

const settings = { learningRate: 0.05, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 }

/** Kingma and Ba's algorithm 1, word for word. */
function adamSteps(start: ArrayLike<number>, gradients: readonly ArrayLike<number>[]): Float64Array {
  const { learningRate, beta1, beta2, epsilon } = settings
  const weight = Float64Array.from(start)
  const [m, v] = [new Float64Array(weight.length), new Float64Array(weight.length)]
  for (const [i, gradient] of gradients.entries())
    for (let k = 0; k < weight.length; k++) {
      m[k] = beta1 * m[k]! + (1 - beta1) * gradient[k]!
      v[k] = beta2 * v[k]! + (1 - beta2) * gradient[k]! ** 2
      const [mean, square] = [m[k]! / (1 - beta1 ** (i + 1)), v[k]! / (1 - beta2 ** (i + 1))]
      weight[k]! -= (learningRate * mean) / (Math.sqrt(square) + epsilon)
    }
  return weight
}

const shapes: Shape[] = [[1], [7], [130], [5, 5, 3, 8], [33, 65]]

export const optimizerCases = (): Case[] =>
  shapes.map(shape => {
    const name = `three steps of Adam on [${shape}]`
    return createCase(name, async () => {
      const start = draw(`${name}/weight`, shape)
      const gradients = [0, 1, 2].map(i => draw(`${name}/gradient ${i}`, shape))
      const optimizer = adam(settings)
      const weight = tf.tidy(() => tf.variable(tf.tensor(start, [...shape])))
      for (const values of gradients)
        tf.tidy(() =>
          optimizer.apply(new Map([['w', weight]]), new Map([['w', tf.tensor(values, [...shape])]])),
        )
      optimizer.dispose()
      const result = weight.clone()
      weight.dispose()
      await expectNumbers('the weight', result, adamSteps(start, gradients))
    })
  })
