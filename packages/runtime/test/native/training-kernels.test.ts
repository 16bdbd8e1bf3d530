import { runTrainingKernel } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { registerNativeTrainingKernels } from '../../src/node/native/training-kernels.ts'
import { heldByTensorflow, isNative, numbers, onNative, onPlain, useNative } from './on-native.ts'

const read = (tensors: tf.Tensor[]) => Promise.all(tensors.map(tensor => tensor.data()))

describe.skipIf(!isNative)('training kernels (skipped where native TensorFlow is not installed)', () => {
  test.each([[[1]], [[3, 3, 5, 2]], [[70_001]]])('AdamUpdate of %j is the formula', async shape => {
    await useNative()
    const rates = { rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }
    const [weight, m, v, gradient] = [1, 2, 3, 4].map(seed => numbers(shape, seed)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ]
    const inputs = { weight, m, v: tf.square(v), gradient }
    const before = await Promise.all(Object.values(inputs).map(input => input.data()))
    const outputs = runTrainingKernel('AdamUpdate', inputs, rates)
    const after = await Promise.all(Object.values(inputs).map(input => input.data()))
    expect(after).toEqual(before)

    const [w0, m0, v0, g] = before as Float32Array[]
    const m1 = m0!.map((m, i) => rates.beta1 * m + (1 - rates.beta1) * g![i]!)
    const v1 = v0!.map((v, i) => rates.beta2 * v + (1 - rates.beta2) * g![i]! ** 2)
    const w1 = w0!.map((w, i) => w - (rates.rate * m1[i]!) / (Math.sqrt(v1[i]!) + rates.epsilon))
    for (const [i, expected] of [w1, m1, v1].entries()) {
      expect(outputs[i]!.shape).toEqual(shape)
      await expectClose(await outputs[i]!.data(), expected, 2e-6)
    }
  })

  test('an AdamUpdate that consumes gives the same, and spares what others share', async () => {
    await useNative()
    const rates = { rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }
    const make = () => {
      const [weight, m, v, gradient] = [1, 2, 3, 4].map(seed => tf.tidy(() => numbers([999], seed).square()))
      return { weight: weight!, m: m!, v: v!, gradient: gradient! }
    }
    const expected = await read(runTrainingKernel('AdamUpdate', make(), rates))
    const held: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      const inputs = make()
      const [kept, reshaped] = [inputs.weight.clone(), inputs.m.reshape([9, 111])]
      const before = await read([kept, reshaped])
      const outputs = runTrainingKernel('AdamUpdate', inputs, { ...rates, consume: 1 })
      expect(await read(outputs)).toEqual(expected)
      expect(await read([kept, reshaped])).toEqual(before)
      tf.dispose([inputs, outputs, kept, reshaped])
      held.push(heldByTensorflow())
    }
    // The first turn makes the constants.
    expect(held[2]).toBe(held[1])
  })

  test('AdamUpdate of two weights in turn keeps them apart', async () => {
    await useNative()
    const update = (of: number) => {
      const all = { weight: tf.fill([4], of), m: tf.zeros([4]), v: tf.zeros([4]), gradient: tf.ones([4]) }
      return runTrainingKernel('AdamUpdate', all, { rate: 1, beta1: 0, beta2: 0, epsilon: 0 })
    }
    const [first, second] = [update(3), update(8)]
    expect(await first[0]!.data()).toEqual(Float32Array.of(2, 2, 2, 2))
    expect(await second[0]!.data()).toEqual(Float32Array.of(7, 7, 7, 7))
  })

  test.each([[[2, 1]], [[37, 3]], [[640, 18]], [[1, 2, 1]], [[3, 37, 3]], [[2, 640, 18]]])(
    'BatchNorm of rows or InstanceNorm of images, %j, and its gradient, are the definitions',
    async shape => {
      const epsilon = 1e-3
      const kernel = shape.length === 2 ? 'BatchNorm' : 'InstanceNorm'
      const axis = shape.length - 2
      const columns = shape.filter((_, i) => i !== axis)
      const inputs = () => [numbers(shape, 1), numbers(columns, 2), numbers(columns, 3)] as const
      const dy = () => numbers(shape, 4)
      const composed = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
        const { mean, variance } = tf.moments(x, axis, true)
        const [scale, shift] = [gamma.expandDims(axis), beta.expandDims(axis)]
        const y = x.sub(mean).div(variance.add(epsilon).sqrt()).mul(scale).add(shift)
        return { y, mean: mean.squeeze([axis]), variance: variance.squeeze([axis]) }
      }
      const expected = await onPlain(() => {
        const { y, mean, variance } = composed(...inputs())
        return [
          y,
          mean,
          variance,
          ...tf.grads((x, gamma, beta) => composed(x!, gamma!, beta!).y.mul(dy()).sum())([...inputs()]),
        ]
      })
      const native = await onNative(() => {
        const [x, gamma, beta] = inputs()
        const [y, mean, variance] = runTrainingKernel(kernel, { x, gamma, beta }, { epsilon })
        const gradients = { dy: dy(), x, gamma, mean: mean!, variance: variance! }
        return [y!, mean!, variance!, ...runTrainingKernel(`${kernel}Grad`, gradients, { epsilon })]
      })
      for (const [i, values] of expected.entries()) {
        const size = values.reduce((most, x) => Math.max(most, Math.abs(x)), 1)
        await expectClose(native[i]!, values, 2e-5 * size)
      }
    },
  )

  test('LeakyReluGrad, at 0 too', async () => {
    const [values] = await onNative(() => {
      const [dy, x] = [tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([-2, 0, 0.5, 1e-30])]
      return runTrainingKernel('LeakyReluGrad', { dy, x }, { alpha: 0.25 })
    })
    expect(values).toEqual(Float32Array.of(0.25, 0.5, 3, 4))
  })

  test.each([[[]], [[0]], [[7]], [[3, 3, 5, 2]], [[1_000_003]]])('SquaredSum of %j', async shape => {
    await useNative()
    const x = numbers(shape, 1)
    const values = await x.data<'float32'>()
    const [sum] = runTrainingKernel('SquaredSum', { x }, {})
    expect(sum!.shape).toEqual([])
    const expected = values.reduce((sum, value) => sum + value * value, 0)
    await expectClose(sum!, [expected], 1e-6 * expected)
  })

  test('SquaredSum lets bad numbers through, and leaves nothing behind', async () => {
    await useNative()
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const x = tf.concat([tf.ones([70_000]), tf.tensor1d([bad])])
      const held = heldByTensorflow()
      const [sum] = runTrainingKernel('SquaredSum', { x }, {})
      const [value] = await sum!.data()
      expect(value).toBe(Number.isNaN(bad) ? Number.NaN : Number.POSITIVE_INFINITY)
      sum!.dispose()
      expect(heldByTensorflow()).toBe(held)
    }
  })

  test('registered twice, nothing changes and nothing is left behind', async () => {
    const step = () => {
      const x = numbers([2, 8, 8, 3], 1) as tf.Tensor4D
      const gradient = tf.grad(filter =>
        tf
          .conv2d(x, filter as tf.Tensor4D, 2, 'same')
          .leakyRelu(0.2)
          .sum(),
      )
      const all = { weight: numbers([9], 1), m: numbers([9], 2), v: tf.ones([9]), gradient: numbers([9], 3) }
      const adam = runTrainingKernel('AdamUpdate', all, { rate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-8 })
      return [gradient(numbers([5, 5, 3, 4], 2)), ...adam]
    }
    const once = await onNative(step)
    const names = () =>
      tf
        .getKernelsForBackend('tensorflow')
        .map(kernel => kernel.kernelName)
        .sort()
    const [known, tensors, held] = [names(), tf.memory().numTensors, heldByTensorflow()]
    registerNativeTrainingKernels()
    expect(names()).toEqual(known)
    expect(await onNative(step)).toEqual(once)
    expect([tf.memory().numTensors, heldByTensorflow()]).toEqual([tensors, held])
  })

  test('an operation that fails leaves nothing behind', async () => {
    await useNative()
    const wrong = { weight: tf.ones([3]), m: tf.ones([3]), v: tf.ones([3]), gradient: tf.ones([4]) }
    for (const tensor of Object.values(wrong)) tensor.add(1).dispose() // now TensorFlow holds them
    const held = heldByTensorflow()
    const update = () => runTrainingKernel('AdamUpdate', wrong, { rate: 1, beta1: 0, beta2: 0, epsilon: 1 })
    expect(update).toThrow('do not have the same shape')
    expect(update).toThrow()
    expect(heldByTensorflow()).toBe(held)
  })
})
