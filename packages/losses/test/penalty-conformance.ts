import { type Penalty, randomStream } from '@gankit/core'
import { patchGradients } from '@gankit/runtime'
import { expectClose, finiteDifference } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { createContext, createDiscriminator } from './discriminator.ts'

patchGradients()

const normal = (purpose: string, shape: number[], scale = 1) =>
  tf.tensor(randomStream(7, purpose).normal(tf.util.sizeFromShape(shape), 0, scale), shape)
const shapes = [[3, 4], [4], [4, 4], [4], [4, 1], [1]]
const weights = shapes.map((shape, i) => normal(`weight ${i}`, shape))
const samples = { real: normal('real', [5, 3]), fake: normal('fake', [5, 3]) }

const withWeight = (index: number, weight: tf.Tensor) => weights.map((w, i) => (i === index ? weight : w))
const allFinite = async (tensor: tf.Tensor) => (await tensor.data()).every(Number.isFinite)

/** What every penalty keeps to. */
export function testPenalty(title: string, make: () => Penalty): void {
  const penalty = make()
  const at = (discriminate: (samples: tf.Tensor) => tf.Tensor) =>
    penalty.value(createContext(samples, discriminate))

  describe(title, () => {
    test('is a scalar above 0, and the same for the same random numbers', async () => {
      const value = at(createDiscriminator(weights))
      expect(value.shape).toEqual([])
      expect((await value.data())[0]).toBeGreaterThan(0)
      await expectClose(at(createDiscriminator(weights)), value, 0)
    })

    test('takes samples of any shape', async () => {
      const images = { real: samples.real.reshape([5, 3, 1, 1]), fake: samples.fake.reshape([5, 3, 1, 1]) }
      const flat = (x: tf.Tensor) => createDiscriminator(weights)(x.reshape([-1, 3]))
      await expectClose(penalty.value(createContext(images, flat)), at(createDiscriminator(weights)), 0, 1e-6)
    })

    test.each(shapes.slice(0, -1).map((shape, i) => [shape.join('×'), i] as const))(
      "its gradient in D's %s weight %i is that of finite differences",
      async (_, index) => {
        const value = (weight: tf.Tensor) => at(createDiscriminator(withWeight(index, weight)))
        const weight = weights[index]!
        const numbers = await finiteDifference(value, weight, 3e-3)
        const scale = Math.max(...numbers.map(Math.abs))
        await expectClose(tf.grad(value)(weight), numbers, 3e-3 * scale)
      },
    )

    test.each([1000, -1000])('finite at logits around %d, slopes as steep', async logit => {
      const value = (w: tf.Tensor) => at(x => tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D).add(logit))
      const steep = normal('steep', [3, 1], 1000)
      expect(await allFinite(value(steep))).toBe(true)
      expect(await allFinite(tf.grad(value)(steep))).toBe(true)
    })

    test('finite where D is flat, whatever its weights', async () => {
      const value = (w: tf.Tensor) => at(x => tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D))
      for (const scale of [0, 1e-30, 1e-12]) {
        const flat = tf.fill([3, 1], scale)
        expect(await allFinite(value(flat))).toBe(true)
        expect(await allFinite(tf.grad(value)(flat))).toBe(true)
      }
    })

    test('leaves no tensor but the value', () => {
      const discriminate = createDiscriminator(weights)
      const before = tf.memory().numTensors
      at(x => tf.tidy(() => discriminate(x))).dispose()
      expect(tf.memory().numTensors).toBe(before)
      const value = (w: tf.Tensor) => at(createDiscriminator(withWeight(0, w)))
      tf.grad(value)(weights[0]!).dispose()
      expect(tf.memory().numTensors).toBe(before)
    })
  })
}
