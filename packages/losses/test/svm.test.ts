import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { hinge } from '../src/index.ts'
import machine from './fixtures/svm.json' with { type: 'json' }

const real = tf.tensor2d(machine.real)
const fake = tf.tensor2d(machine.fake)
const samples = tf.concat([real, fake])

/**
 * A linear D trained with the hinge loss and weight decay λ/2·‖w‖². Subgradient descent with steps of 2/(λ(t + 1)), the
 * result the mean of its path with weights t (Lacoste-Julien et al. 2012, arXiv 1212.2002).
 */
function trained(lambda: number, steps: number) {
  const w = tf.variable(tf.zeros<tf.Rank.R2>([2, 1]))
  const b = tf.variable(tf.scalar(0))
  const sums = [tf.zeros([2, 1]), tf.scalar(0)].map(start => tf.variable(start))
  const discriminate = (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, w).add(b)
  const loss = () =>
    hinge()
      .discriminator(discriminate(real), discriminate(fake))
      .add(
        w
          .square()
          .sum()
          .mul(lambda / 2),
      ) as tf.Scalar
  for (let t = 1; t <= steps; t++)
    tf.tidy(() => {
      const { grads } = tf.variableGrads(loss, [w, b])
      for (const [i, weight] of [w, b].entries()) {
        weight.assign(weight.sub(grads[weight.name]!.mul(2 / (lambda * (t + 1)))))
        sums[i]!.assign(sums[i]!.add(weight.mul((2 * t) / (steps * (steps + 1)))))
      }
    })
  w.assign(sums[0] as tf.Tensor2D)
  b.assign(sums[1] as tf.Scalar)
  return { w, b, discriminate }
}

const { w, b, discriminate } = trained(1 / (machine.real.length * machine.C), 2000)

test('a linear D with weight decay finds the plane of a support vector machine', async () => {
  await expectClose(w, machine.w, 0.01)
  await expectClose(b, [machine.b], 0.01)
})

test('the samples on or within its margin are the support vectors', async () => {
  const label = tf.concat([tf.onesLike(discriminate(real)), tf.onesLike(discriminate(fake)).neg()])
  const depths = await discriminate(samples).mul(label).data()
  const support = [...depths].flatMap((depth, i) => (depth < 1.02 ? [i] : []))
  expect(support).toEqual(machine.support)
})

test('G moves every fake straight at the plane', async () => {
  const pull = tf
    .grad(x => hinge().generator(discriminate(x)))(fake)
    .neg()
  const length = Math.hypot(...machine.w)
  const towards = machine.w.map(side => side / length)
  await expectClose(
    pull.div(pull.norm('euclidean', 1, true)),
    machine.fake.flatMap(() => towards),
    0.01,
  )
})
