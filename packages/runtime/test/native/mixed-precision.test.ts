import { batchNormalization, instanceNormalization, normal, reflectionPadding } from '@gankit/layers'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test, vi } from 'vitest'
import { createNativeCandidate } from '../../src/node/native/candidate.ts'
import { tryMixedPrecision } from '../../src/node/native/mixed-precision.ts'
import { heldByTensorflow, isNative, numbers, onNative, useNative } from './on-native.ts'

/** Whether every number could be held in bfloat16: the lower 16 of its 32 bits are zero. */
function areShort(values: Float32Array): boolean {
  return new Uint32Array(values.buffer, values.byteOffset, values.length).every(bits => (bits & 0xffff) === 0)
}

const read = (tensors: tf.Tensor[]) => Promise.all(tensors.map(tensor => tensor.data<'float32'>()))

const convolved = () => {
  const x = numbers([4, 9, 9, 16], 1) as tf.Tensor4D
  return tf.conv2d(x, numbers([3, 3, 16, 32], 2) as tf.Tensor4D, 1, 'same')
}

const isMixed =
  isNative &&
  (await createNativeCandidate().start({ named: true, precision: 'mixed' })).whyFloat32 === undefined

describe.skipIf(!isMixed)(
  'mixed precision (skipped where native TensorFlow or bfloat16 is not there)',
  () => {
    test('the candidate starts in it', async () => {
      expect(await createNativeCandidate().start({ named: true, precision: 'mixed' })).toMatchObject({
        precision: 'mixed',
      })
      const [values] = await read([convolved()])
      expect(areShort(values!)).toBe(true)
    })

    test('a convolution is rounded to bfloat16, and float32 comes back bit for bit', async () => {
      const [before] = await onNative(() => [convolved()])
      const [mixed] = await onNative(() => [convolved()], 'mixed')
      const [after] = await onNative(() => [convolved()])
      expect([areShort(before!), areShort(mixed!)]).toEqual([false, true])
      expect(after).toEqual(before)
      const size = before!.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
      await expectClose(mixed!, before!, 0.03 * size)
    })

    test('instance norm and reflection padding of bfloat16 are those of float32, to its digits', async () => {
      const step = () => {
        const drawn = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed)
        const filter = drawn([3, 3, 16, 8], 2) as tf.Tensor4D
        const weights = drawn([4, 9, 9, 8], 3)
        const f = (x: tf.Tensor) => {
          const padded = reflectionPadding({ padding: 1 }).apply(x) as tf.Tensor4D
          return instanceNormalization().apply(tf.conv2d(padded, filter, 1, 'valid')) as tf.Tensor
        }
        const x = drawn([4, 9, 9, 16], 1)
        return [f(x), tf.grad(f)(x, weights)]
      }
      const exact = await onNative(step)
      for (const [i, values] of (await onNative(step, 'mixed')).entries()) {
        const size = exact[i]!.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
        await expectClose(values, exact[i]!, 0.03 * size)
        expect(values).not.toEqual(exact[i])
      }
    })

    test('sums are float32: a thousand small numbers are not lost beside a large one', async () => {
      // In bfloat16 256 + 1 is 256.
      const ones = () => [
        tf.matMul(tf.concat([tf.fill([16, 1], 256), tf.ones([16, 1024])], 1), tf.ones([1025, 16])),
      ]
      const [sums] = await onNative(ones, 'mixed')
      expect(sums).toEqual(new Float32Array(256).fill(1280))
    })

    test('a result goes through reshape, clone, leaky ReLU and back to float32 as often as asked for', async () => {
      const [once, again, leaky, doubled, reshaped] = await onNative(() => {
        const y = convolved()
        const copy = y.clone()
        return [y, copy, y.leakyRelu(0.5), copy.mul(2), y.reshape([-1]).slice(0, 3)]
      }, 'mixed')
      expect(again).toEqual(once)
      expect(leaky).toEqual(once!.map(y => (y > 0 ? y : 0.5 * y)))
      expect(doubled).toEqual(once!.map(y => 2 * y))
      expect(reshaped).toEqual(once!.slice(0, 3))
    })

    test('where it is not faster or not possible, float32 stays, and why is said', async () => {
      await useNative('mixed')
      expect(tryMixedPrecision('the processor is old')).toBe('the processor is old')
      vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0')
      expect(tryMixedPrecision(undefined)).toContain('TF_ENABLE_ONEDNN_OPTS')
      vi.unstubAllEnvs()
      const [values] = await read([convolved()])
      expect(areShort(values!)).toBe(false)
    })

    test('a weight that changed is rounded anew', async () => {
      await useNative('mixed')
      const weight = tf.variable(tf.ones([16, 16]))
      const sum = () => tf.tidy(() => tf.matMul(tf.ones([16, 16]), weight as tf.Tensor2D).dataSync()[0])
      expect(sum()).toBe(16)
      weight.assign(tf.fill([16, 16], 3))
      expect(sum()).toBe(48)
      weight.dispose()
    })

    test('nothing is left behind in TensorFlow, read or not', async () => {
      const step = () => {
        const [x, filter] = [numbers([2, 8, 8, 16], 1), numbers([5, 5, 16, 32], 2)]
        const y = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same').leakyRelu(0.2)
        return [y(x, filter), ...tf.grads((x, filter) => y(x!, filter!).sum())([x, filter])]
      }
      await onNative(step, 'mixed')
      const [tensors, held] = [tf.memory().numTensors, heldByTensorflow()]
      await onNative(step, 'mixed')
      tf.tidy(() => void step())
      expect([tf.memory().numTensors, heldByTensorflow()]).toEqual([tensors, held])
    })

    test('a small DCGAN trains to the same quality as in float32', async () => {
      await useNative()
      const float32 = await trainBars()
      await useNative('mixed')
      const mixed = await trainBars()
      // Both draw what they were shown: a bright bar on a dark ground.
      for (const { bright, dark } of [float32, mixed]) {
        expect(bright).toBeGreaterThan(0.4)
        expect(dark).toBeLessThan(-0.5)
      }
      expect(Math.abs(mixed.bright - float32.bright)).toBeLessThan(0.25)
      expect(Math.abs(mixed.dark - float32.dark)).toBeLessThan(0.25)
      expect(Math.abs(mixed.lossOfD - float32.lossOfD)).toBeLessThan(0.3)
    })
  },
)

const [batch, side, latentSize] = [32, 8, 16]

/** Images of [side, side, 1], −1 but for one row of 1. */
function bars(step: number): tf.Tensor4D {
  const rows = Array.from({ length: batch }, (_, i) => (7 * step + 3 * i) % side)
  const columns = tf.oneHot(tf.tensor1d(rows, 'int32'), side, 1, -1, 'float32')
  return columns.reshape([batch, side, 1, 1]).tile([1, 1, side, 1]) as tf.Tensor4D
}

/** Trains with seeded weights and latents. `bright` and `dark`: an image's brightest and darkest row, on average. */
async function trainBars(): Promise<{ bright: number; dark: number; lossOfD: number }> {
  const weights = (purpose: string) => ({ kernelInitializer: normal({ seed: 3, purpose, std: 0.1 }) })
  const convolution = { kernelSize: 4, strides: 2, padding: 'same' } as const
  const leaky = () => tf.layers.leakyReLU({ alpha: 0.2 })
  const generator = tf.sequential({
    layers: [
      tf.layers.dense({ units: 2 * 2 * 32, inputShape: [latentSize], ...weights('g1') }),
      tf.layers.reshape({ targetShape: [2, 2, 32] }),
      batchNormalization(),
      leaky(),
      tf.layers.conv2dTranspose({ ...convolution, filters: 32, useBias: false, ...weights('g2') }),
      batchNormalization(),
      leaky(),
      tf.layers.conv2dTranspose({ ...convolution, filters: 1, activation: 'tanh', ...weights('g3') }),
    ],
  })
  const discriminator = tf.sequential({
    layers: [
      tf.layers.conv2d({ ...convolution, filters: 32, inputShape: [side, side, 1], ...weights('d1') }),
      leaky(),
      tf.layers.conv2d({ ...convolution, filters: 32, ...weights('d2') }),
      leaky(),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1, ...weights('d3') }),
    ],
  })
  const run = (model: tf.LayersModel, x: tf.Tensor) => model.apply(x, { training: true }) as tf.Tensor
  const crossEntropy = (logits: tf.Tensor, is: number) =>
    tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, is), logits) as tf.Scalar
  // TensorFlow.js takes a seed of 0 for none.
  const latents = (seed: number) => tf.randomNormal([batch, latentSize], 0, 1, 'float32', seed)
  const optimizers = [tf.train.adam(2e-3, 0.5, 0.999, 1e-8), tf.train.adam(2e-3, 0.5, 0.999, 1e-8)] as const
  const variables = (model: tf.LayersModel) =>
    model.trainableWeights.map(weight => weight.read() as tf.Variable)

  const losses: number[] = []
  const steps = 300
  for (let step = 0; step < steps; step++) {
    const lossOfD = optimizers[0].minimize(
      () => {
        const fake = run(discriminator, run(generator, latents(2 * step + 2)))
        return crossEntropy(run(discriminator, bars(step)), 1).add(crossEntropy(fake, 0))
      },
      true,
      variables(discriminator),
    )!
    optimizers[1].minimize(
      () => crossEntropy(run(discriminator, run(generator, latents(2 * step + 1))), 1),
      false,
      variables(generator),
    )
    losses.push((await lossOfD.data())[0]!)
    lossOfD.dispose()
  }
  const [bright, dark] = tf.tidy(() => {
    const rows = run(generator, latents(1)).mean([2, 3]) // [batch, side]
    return [rows.max(1).mean().dataSync()[0]!, rows.min(1).mean().dataSync()[0]!]
  }) as [number, number]
  for (const disposable of [generator, discriminator, ...optimizers]) disposable.dispose()
  const last = losses.slice(-100)
  return { bright, dark, lossOfD: last.reduce((sum, loss) => sum + loss) / last.length }
}
