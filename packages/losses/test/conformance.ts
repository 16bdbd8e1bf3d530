import type { Objective } from '@gankit/core'
import { expectClose, finiteDifference } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'

const real = [2, -1, 0.3, 4]
const fake = [-3, 0.75, -0.2, 1.5]
const column = (values: readonly number[]) => tf.tensor2d([...values], [values.length, 1])
const valueAt = async (scalar: tf.Scalar) => (await scalar.data())[0]!

/** What every objective keeps to at logits where it does not jump. */
export function testObjective(title: string, make: () => Objective): void {
  const objective = make()
  const losses = {
    'D on real': (x: tf.Tensor) => objective.discriminator(x, column(fake)),
    'D on fake': (x: tf.Tensor) => objective.discriminator(column(real), x),
    'G on fake': (x: tf.Tensor) => objective.generator(x),
  }

  describe(title, () => {
    for (const [player, loss] of Object.entries(losses)) {
      test(`${player}: a scalar whose gradient has the shape of the logits`, () => {
        const logits = column([1, 2, 3])
        expect(loss(logits).shape).toEqual([])
        expect(tf.grad(loss)(logits).shape).toEqual([3, 1])
      })

      test.each([1000, -1000])(`${player}: finite value and gradient at %d`, async logit => {
        const at = column([logit, logit])
        expect(Number.isFinite(await valueAt(loss(at)))).toBe(true)
        for (const slope of await tf.grad(loss)(at).data()) expect(Number.isFinite(slope)).toBe(true)
      })

      test(`${player}: the gradient is that of finite differences`, async () => {
        const at = column(fake)
        await expectClose(tf.grad(loss)(at), await finiteDifference(loss, at), 1e-4)
      })

      test(`${player}: the second-order gradient is that of finite differences`, async () => {
        const squaredSlope = (x: tf.Tensor) => tf.grad(loss)(x).square().sum() as tf.Scalar
        const at = column(fake)
        await expectClose(tf.grad(squaredSlope)(at), await finiteDifference(squaredSlope, at), 1e-4)
      })

      test(`${player}: a mean over the batch`, async () => {
        await expectClose(loss(column([...fake, ...fake])), loss(column(fake)), 1e-6)
      })
    }

    test('is at its equilibrium where D = 0.5 everywhere', async () => {
      const zero = tf.zeros([4, 1])
      await expectClose(objective.discriminator(zero, zero), [objective.equilibrium.discriminator])
      await expectClose(objective.generator(zero), [objective.equilibrium.generator])
    })

    test("D's loss falls when a real logit rises and when a fake one falls", async () => {
      for (const slope of await tf.grad(losses['D on real'])(column(real)).data())
        expect(slope).toBeLessThan(0)
      for (const slope of await tf.grad(losses['D on fake'])(column(fake)).data())
        expect(slope).toBeGreaterThan(0)
    })

    test('leaves no tensor but the loss', () => {
      const [a, b] = [column(real), column(fake)]
      const before = tf.memory().numTensors
      objective.discriminator(a, b).dispose()
      objective.generator(b).dispose()
      expect(tf.memory().numTensors).toBe(before)
    })
  })
}
