import type { Objective } from '@gankit/core'
import { expectClose, finiteDifference } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'

const real = [2, -1, 0.3, 4]
const fake = [-3, 0.75, -0.2, 1.5]
const column = (values: readonly number[]) => tf.tensor2d([...values], [values.length, 1])
const valueAt = async (scalar: tf.Scalar) => (await scalar.data())[0]!

export interface ObjectiveTraits {
  /** The logit that D gives to every sample when it can't tell. Default 0. */
  readonly undecided?: number
  /** Whether G's loss falls as a fake looks more real. Default true. */
  readonly fools?: boolean
}

/** What every objective keeps to at logits where it does not jump. */
export function testObjective(
  title: string,
  make: () => Objective,
  { undecided = 0, fools = true }: ObjectiveTraits = {},
): void {
  const objective = make()
  const { comparesWithReal = false } = objective
  const near = [0.3, -0.2, 0.75, -0.8].map(offset => undecided + offset)
  const losses = {
    'D on real': (x: tf.Tensor, other = column(fake)) => objective.discriminator(x, other),
    'D on fake': (x: tf.Tensor, other = column(real)) => objective.discriminator(other, x),
    'G on fake': (x: tf.Tensor, other = column(real)) => objective.generator(x, other),
    ...(comparesWithReal && {
      'G on real': (x: tf.Tensor, other = column(fake)) => objective.generator(other, x),
    }),
  }
  const slopes = (loss: (x: tf.Tensor) => tf.Scalar, at: readonly number[]) =>
    tf
      .grad(x => loss(x))(column(at))
      .data()

  describe(title, () => {
    for (const [player, loss] of Object.entries(losses)) {
      const alone = (x: tf.Tensor) => loss(x)

      test(`${player}: a scalar whose gradient has the shape of the logits`, () => {
        const logits = column([1, 2, 3, 4])
        expect(loss(logits).shape).toEqual([])
        expect(tf.grad(alone)(logits).shape).toEqual([4, 1])
      })

      test.each([1000, -1000])(`${player}: finite value and gradient at %d`, async logit => {
        const at = [logit, logit, logit, logit]
        for (const other of [fake, at, at.map(x => -x)]) {
          const against = (x: tf.Tensor) => loss(x, column(other))
          expect(Number.isFinite(await valueAt(against(column(at))))).toBe(true)
          for (const slope of await slopes(against, at)) expect(Number.isFinite(slope)).toBe(true)
        }
      })

      test(`${player}: the gradient is that of finite differences`, async () => {
        const at = column(fake)
        await expectClose(tf.grad(alone)(at), await finiteDifference(alone, at), 1e-4)
      })

      test(`${player}: the second-order gradient is that of finite differences`, async () => {
        // x comes in beside its slope, since that of a linear loss is no function of x.
        const squaredSlope = (x: tf.Tensor) => tf.grad(alone)(x).add(x).square().sum() as tf.Scalar
        const at = column(fake)
        await expectClose(tf.grad(squaredSlope)(at), await finiteDifference(squaredSlope, at), 1e-4, 1e-4)
      })

      test(`${player}: a mean over the batch`, async () => {
        const twice = loss(column([...near, ...near]), column([...fake, ...fake]))
        await expectClose(twice, loss(column(near), column(fake)), 1e-6)
      })
    }

    test("has its losses at the equilibrium where D can't tell", async () => {
      const same = tf.fill([4, 1], undecided)
      await expectClose(objective.discriminator(same, same), [objective.equilibrium.discriminator])
      await expectClose(objective.generator(same, same), [objective.equilibrium.generator])
    })

    test("and D then gains nothing by another verdict, as long as it can't tell", async () => {
      const shifted = (logit: tf.Tensor) => objective.discriminator(logit.tile([4, 1]), logit.tile([4, 1]))
      await expectClose(tf.grad(shifted)(tf.tensor2d([[undecided]])), [0], 1e-6)
      for (const logit of [undecided - 2, undecided + 2])
        expect(await valueAt(shifted(tf.tensor2d([[logit]])))).toBeGreaterThanOrEqual(
          objective.equilibrium.discriminator - 1e-6,
        )
    })

    test("D's loss falls when an undecided real logit rises and when such a fake one falls", async () => {
      for (const slope of await slopes(x => losses['D on real'](x, column(near)), near))
        expect(slope).toBeLessThan(0)
      for (const slope of await slopes(x => losses['D on fake'](x, column(near)), near))
        expect(slope).toBeGreaterThan(0)
    })

    if (fools)
      test("G's loss falls when a fake's logit rises", async () => {
        for (const slope of await slopes(x => objective.generator(x, column(real)), near))
          expect(slope).toBeLessThan(0)
      })

    test(`G's loss ${comparesWithReal ? 'asks for' : "doesn't ask for"} the logits on real samples`, async () => {
      if (comparesWithReal)
        expect(() => objective.generator(column(fake))).toThrow(
          `[gankit/losses] G's loss of ${objective.name} got no logits on real samples, expected them as its second argument`,
        )
      else
        await expectClose(
          objective.generator(column(fake)),
          objective.generator(column(fake), column(real)),
          0,
        )
    })

    test('leaves no tensor but the loss', () => {
      const [a, b] = [column(real), column(fake)]
      const before = tf.memory().numTensors
      objective.discriminator(a, b).dispose()
      objective.generator(b, a).dispose()
      expect(tf.memory().numTensors).toBe(before)
    })
  })
}
