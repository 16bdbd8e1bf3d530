import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  gradientPenalty,
  hinge,
  leastSquares,
  objectives,
  r1,
  r2,
  relativisticAverage,
} from '../src/index.ts'
import { createContext } from './discriminator.ts'

// A PatchGAN's logits, one for each patch: two samples of 1×3 patches.
const onReal = [2, -1, 0.3, 4, 0, -0.5]
const onFake = [-3, 0.75, -0.2, 1.5, 0.1, -1]
const map = (logits: number[]) => tf.tensor4d(logits, [2, 1, 3, 1])
const column = (logits: number[]) => tf.tensor2d(logits, [6, 1])

test.each(Object.entries(objectives))(
  '%s of a map of logits is the mean over all of them',
  async (_, make) => {
    const { discriminator, generator } = make()
    const ofMap = [discriminator(map(onReal), map(onFake)), generator(map(onFake), map(onReal))]
    const ofColumn = [
      discriminator(column(onReal), column(onFake)),
      generator(column(onFake), column(onReal)),
    ]
    for (const [i, loss] of ofMap.entries()) {
      expect(loss.shape).toEqual([])
      await expectClose(loss, ofColumn[i]!, 1e-6)
    }
  },
)

test('by hand: hinge, least squares and the relativistic average', async () => {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const margins = (real: number[], fake: number[]) =>
    mean(real.map(l => Math.max(0, 1 - l))) + mean(fake.map(l => Math.max(0, 1 + l)))
  await expectClose(hinge().discriminator(map(onReal), map(onFake)), [margins(onReal, onFake)], 1e-6)
  await expectClose(leastSquares().generator(map(onFake)), [mean(onFake.map(l => (l - 1) ** 2)) / 2], 1e-6)
  const against = (logits: number[], others: number[]) => logits.map(l => l - mean(others))
  await expectClose(
    relativisticAverage({ loss: 'hinge' }).discriminator(map(onReal), map(onFake)),
    [margins(against(onReal, onFake), against(onFake, onReal))],
    1e-6,
  )
})

test("penalties take the slope of the sum of a sample's logits", async () => {
  // Two logits a sample x of two numbers, l = (x₀², 3·x₁): the slope of their sum is (2·x₀, 3).
  const discriminate = (x: tf.Tensor) => {
    const [first, second] = tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor]
    return tf.stack([first.square(), second.mul(3)], 1).reshape([-1, 1, 2, 1])
  }
  const [real, fake] = [tf.tensor2d([1, 5, -2, 0], [2, 2]), tf.tensor2d([0.5, 1, 3, 2], [2, 2])]
  const context = createContext({ real, fake }, discriminate)
  await expectClose(r1({ gamma: 2 }).value(context), [(4 + 9 + (16 + 9)) / 2], 1e-6)
  await expectClose(r2({ gamma: 2 }).value(context), [(1 + 9 + (36 + 9)) / 2], 1e-6)
  const [e, f] = context.random('between').uniform(2) as unknown as [number, number]
  const slopes = [0.5 + e * (1 - 0.5), 3 + f * (-2 - 3)].map(x => Math.hypot(2 * x, 3))
  const expected = slopes.reduce((sum, slope) => sum + (slope - 1) ** 2, 0) / 2
  await expectClose(gradientPenalty({ weight: 1 }).value(context), [expected], 1e-5)
})
