import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  createObjective,
  createPenalty,
  gradientPenalty,
  leastSquares,
  minimax,
  nonSaturating,
  type ObjectiveSettings,
  objectives,
  r1,
  r2,
  relativistic,
  relativisticAverage,
  signedMinimax,
  wasserstein,
} from '../src/index.ts'
import { turnOf } from './judge.ts'

const real = tf.tensor2d([[2], [-1], [0.3]])
const fake = tf.tensor2d([[-2], [0.5], [1]])
const steep = turnOf({ real, fake }, samples => samples.square().mul(3))

test('a name alone is the objective with its default options', () => {
  for (const [name, make] of Object.entries(objectives)) {
    const objective = createObjective(name as keyof typeof objectives)
    expect(objective.name).toBe(name)
    expect(objective.equilibrium).toEqual(make().equilibrium)
    expect(objective.penalties?.map(({ name }) => name) ?? []).toEqual(
      make().penalties?.map(({ name }) => name) ?? [],
    )
  }
})

test('settings come through JSON with their options', async () => {
  const through = (settings: ObjectiveSettings) => createObjective(JSON.parse(JSON.stringify(settings)))
  await expectClose(
    through({ name: 'non-saturating', labelSmoothing: 0.2 }).discriminator(real, fake),
    nonSaturating({ labelSmoothing: 0.2 }).discriminator(real, fake),
    0,
  )
  await expectClose(
    through({ name: 'signed-minimax', threshold: 0.7 }).generator(fake),
    signedMinimax({ threshold: 0.7 }).generator(fake),
    0,
  )
  const { name, penalties } = through({
    name: 'relativistic',
    penalties: [
      { name: 'r1', gamma: 0.1, every: 4 },
      { name: 'r2', every: 4 },
      { name: 'gradient-penalty', weight: 2, target: 0 },
    ],
  })
  expect(name).toBe('relativistic+r1+r2+gradient-penalty')
  expect(penalties?.map(({ every }) => every)).toEqual([4, 4, 1])
  const expected = [r1({ gamma: 0.1 }), r2(), gradientPenalty({ weight: 2, target: 0 })]
  for (const [i, penalty] of expected.entries())
    await expectClose(penalties![i]!.value(steep), penalty.value(steep), 0)
})

test("a penalty in the settings takes the place of the objective's own", async () => {
  const { name, penalties } = createObjective({
    name: 'wasserstein-gp',
    penalties: [{ name: 'gradient-penalty', weight: 1 }],
  })
  expect([name, penalties?.length]).toEqual(['wasserstein-gp', 1])
  await expectClose(penalties![0]!.value(steep), gradientPenalty({ weight: 1 }).value(steep), 0)
})

const refused: Record<string, [make: () => unknown, message: string]> = {
  'an unknown objective': [
    () => createObjective('hing' as 'hinge'),
    "objective is 'hing', expected one of: minimax, non-saturating, signed-minimax, least-squares, hinge, wasserstein-gp, relativistic-average, relativistic",
  ],
  'the name of something that every object has': [
    () => createObjective('toString' as 'hinge'),
    "objective is 'toString', expected one of",
  ],
  'an unknown penalty': [
    () => createPenalty({ name: 'r3' as 'r1' }),
    "penalty is 'r3', expected one of: r1, r2, gradient-penalty",
  ],
  'an option of another objective': [
    () => createObjective({ name: 'hinge', labelSmoothing: 0.1 }),
    "objective 'hinge' has no option labelSmoothing, expected no options",
  ],
  'an unknown option': [
    () => createObjective({ name: 'minimax', smoothing: 0.1 } as ObjectiveSettings),
    "objective 'minimax' has no option smoothing, expected one of: labelSmoothing",
  ],
  'an option of another penalty': [
    () => createPenalty({ name: 'r1', weight: 2 } as never),
    "penalty 'r1' has no option weight, expected one of: gamma, every",
  ],
  'a kind of relativistic average': [
    () => relativisticAverage({ of: 'squares' as 'hinge' }),
    "relativisticAverage of is 'squares', expected one of: cross-entropy, hinge",
  ],
  'logits that are no pairs': [
    () => relativistic().discriminator(real, tf.zeros([1, 1])),
    'relativistic got real [3,1] and fake [1,1], expected the same shape',
  ],
}
for (const [what, [make, message]] of Object.entries(refused))
  test(`${what} is refused`, () => expect(make).toThrow(`[gankit/losses] ${message}`))

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number
type Range = [option: string, make: (value: number) => unknown, expected: string, wrong: number[]]
const whole = 'a whole number from 1'
const positive = 'a finite number above 0'
const fromZero = 'a finite number from 0'
const half = 'a number from 0 to below 0.5'
const probability = 'a number between 0 and 1, both excluded'
const label = 'a finite number above the label of fakes, -1'
const ranges: Range[] = [
  ['signedMinimax threshold', threshold => signedMinimax({ threshold }), probability, [0, 1, -1, 1.5, nan]],
  ['nonSaturating labelSmoothing', s => nonSaturating({ labelSmoothing: s }), half, [-0.1, 0.5, nan]],
  ['minimax labelSmoothing', s => minimax({ labelSmoothing: s }), half, [-0.1, 0.5, nan]],
  ['leastSquares fake', fake => leastSquares({ fake }), 'a finite number', [nan, -infinity]],
  ['leastSquares real', real => leastSquares({ real }), label, [-1, -2, nan, infinity]],
  ['leastSquares wanted', wanted => leastSquares({ wanted }), label, [-1, nan, infinity]],
  ['wasserstein gradientPenalty', w => wasserstein({ gradientPenalty: w }), fromZero, [-1, nan, infinity]],
  ['gradientPenalty weight', weight => gradientPenalty({ weight }), positive, [0, -1, nan, infinity]],
  ['gradientPenalty target', target => gradientPenalty({ target }), fromZero, [-1, nan, infinity]],
  ['gradientPenalty every', every => gradientPenalty({ every }), whole, [0, 1.5, nan]],
  ['r1 gamma', gamma => r1({ gamma }), positive, [0, -1, nan, infinity]],
  ['r1 every', every => r1({ every }), whole, [0, -2, 1.5]],
  ['r2 gamma', gamma => r2({ gamma }), positive, [0, nan]],
  ['r2 every', every => r2({ every }), whole, [0, 2.5]],
]
for (const [option, make, expected, wrong] of ranges)
  test.each(wrong)(`${option} of %d is refused`, value =>
    expect(() => make(value)).toThrow(`[gankit/losses] ${option} is ${value}, expected ${expected}`),
  )
