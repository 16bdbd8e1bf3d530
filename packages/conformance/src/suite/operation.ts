import * as tf from '@tensorflow/tfjs'
import { type Case, createCase } from './case.ts'
import { draw, type Shape } from './draw.ts'
import { expectNumbers, tolerances } from './expect-numbers.ts'
import { type Inputs, slope, slopeAlong } from './reference/slopes.ts'

/** A function of small tensors, and the same function in plain JavaScript and double precision. */
export interface Operation {
  readonly name: string
  readonly inputs: readonly Shape[]
  /** Maps the numbers drawn into the domain of the function, where that isn't all numbers. */
  readonly numbers?: (value: number) => number
  run(...inputs: tf.Tensor[]): tf.Tensor
  reference(...inputs: Float64Array[]): Float64Array
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** Creates two cases: the output with its gradients, and the gradients of the gradients. */
export function createOperationCases(operation: Operation): Case[] {
  const { name, run, reference } = operation
  const drawn = (purpose: string): Float32Array[] =>
    operation.inputs.map((shape, i) => draw(`${name}/${purpose}/${i}`, shape))
  const inputs = () => drawn('input').map(values => values.map(operation.numbers ?? (value => value)))
  const doubles = (arrays: readonly Float32Array[]): Inputs => arrays.map(array => Float64Array.from(array))
  const tensors = (arrays: readonly Float32Array[]): tf.Tensor[] =>
    arrays.map((array, i) => tf.tensor(array, [...operation.inputs[i]!]))

  const first = async (): Promise<void> => {
    const values = inputs()
    const expected = reference(...doubles(values))
    const weights = draw(`${name}/dy`, [expected.length])
    const at = tensors(values)
    const { output, gradients } = tf.tidy(() => {
      const output = run(...at)
      const gradients = tf.grads((...x) => run(...x))(at, tf.tensor(weights, output.shape))
      return { output, gradients }
    })
    tf.dispose(at)
    await expectNumbers('the output', output, expected)
    const weighed = (x: Inputs) => dot(reference(...(x as Float64Array[])), weights)
    for (const [i, gradient] of gradients.entries())
      await expectNumbers(`the gradient of input ${i}`, gradient, slope(weighed, doubles(values), i))
  }

  const second = async (): Promise<void> => {
    const values = inputs()
    const weights = draw(`${name}/dy`, [reference(...doubles(values)).length])
    const directions = drawn('direction')
    const [at, along] = [tensors(values), tensors(directions)]
    // The square gives a function without curvature a second order.
    const gradients = tf.tidy(() => {
      const f = (...x: tf.Tensor[]) => {
        const output = run(...x)
        return output.square().mul(tf.tensor(weights, output.shape)).sum()
      }
      const change = (...x: tf.Tensor[]) =>
        tf
          .grads(f)(x)
          .reduce((sum, gradient, i) => sum.add(gradient.mul(along[i]!).sum()), tf.scalar(0) as tf.Tensor)
      return tf.grads(change)(at)
    })
    tf.dispose([at, along])
    const squared = (x: Inputs) =>
      dot(
        reference(...(x as Float64Array[])).map(y => y * y),
        weights,
      )
    const change = (x: Inputs) => slopeAlong(squared, x, doubles(directions))
    for (const [i, gradient] of gradients.entries()) {
      const expected = slope(change, doubles(values), i, 1e-4)
      await expectNumbers(
        `the second-order gradient of input ${i}`,
        gradient,
        expected,
        tolerances.secondOrder,
      )
    }
  }

  return [
    createCase(`${name}: output and gradients`, first),
    createCase(`${name}: second-order gradients`, second),
  ]
}

/**
 * Applies a layer whose weights are these tensors. The layer reads its weights by read(), so that a gradient may flow into
 * any tensor given here.
 */
export function applyLayer(
  layer: tf.layers.Layer,
  input: tf.Tensor | tf.Tensor[],
  weights: readonly tf.Tensor[],
  how = {},
): tf.Tensor {
  const shapes = (Array.isArray(input) ? input : [input]).map(({ shape }) => [null, ...shape.slice(1)])
  layer.build(Array.isArray(input) ? shapes : shapes[0]!)
  const own = layer.weights.map(weight => weight.read())
  for (const [i, given] of weights.entries()) Object.assign(layer.trainableWeights[i]!, { read: () => given })
  const output = layer.apply(input, how) as tf.Tensor
  tf.dispose(own)
  return output
}
