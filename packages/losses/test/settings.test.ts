import type { Objective } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  createObjective,
  createPenalty,
  createTerm,
  cycle,
  featureMatching,
  gradientPenalty,
  hinge,
  identity,
  l1,
  leastSquares,
  minimax,
  nonSaturating,
  type ObjectiveSettings,
  objectives,
  patchNce,
  r1,
  r2,
  relativistic,
  relativisticAverage,
  reward,
  signedMinimax,
  wasserstein,
  withTerms,
} from '../src/index.ts'
import { createContext } from './discriminator.ts'

const real = tf.tensor2d([[2], [-1], [0.3]])
const fake = tf.tensor2d([[-2], [0.5], [1]])
const steep = createContext({ real, fake }, samples => samples.square().mul(3))

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

test('every objective takes its own options from settings', async () => {
  const pairs: [ObjectiveSettings, Objective][] = [
    [{ name: 'minimax', labelSmoothing: 0.2 }, minimax({ labelSmoothing: 0.2 })],
    [
      { name: 'least-squares', fake: 0, real: 1, wanted: 0.9 },
      leastSquares({ fake: 0, real: 1, wanted: 0.9 }),
    ],
    [{ name: 'relativistic-average', loss: 'hinge' }, relativisticAverage({ loss: 'hinge' })],
    [{ name: 'wasserstein-gp', gradientPenalty: 0 }, wasserstein({ gradientPenalty: 0 })],
    [{ name: 'hinge' }, hinge()],
    [{ name: 'relativistic' }, relativistic()],
  ]
  for (const [settings, expected] of pairs) {
    const got = createObjective(settings)
    expect(got).toMatchObject({ name: expected.name, equilibrium: expected.equilibrium })
    await expectClose(got.discriminator(real, fake), expected.discriminator(real, fake), 0)
    await expectClose(got.generator(fake, real), expected.generator(fake, real), 0)
  }
  const { penalties } = createObjective({ name: 'wasserstein-gp', gradientPenalty: 3 })
  await expectClose(penalties![0]!.value(steep), gradientPenalty({ weight: 3 }).value(steep), 0)
})

test("terms of G's loss come from settings", async () => {
  const { name, terms } = createObjective({
    name: 'least-squares',
    penalties: [{ name: 'r1' }],
    terms: [
      { name: 'l1', weight: 50 },
      { name: 'features', compare: 'means' },
    ],
  })
  expect(name).toBe('least-squares+r1+l1+features')
  expect(terms?.map(term => [term.name, term.weight])).toEqual([
    ['l1', 50],
    ['features', 10],
  ])
  const replaced = withTerms(createObjective({ name: 'hinge', terms: [{ name: 'l1' }] }), l1({ weight: 7 }))
  expect(replaced).toMatchObject({ name: 'hinge+l1', terms: [{ name: 'l1', weight: 7 }] })
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
    "objective is 'hing', expected one of: hinge, least-squares, minimax, non-saturating, relativistic, relativistic-average, signed-minimax, wasserstein-gp",
  ],
  'the name of something that every object has': [
    () => createObjective('toString' as 'hinge'),
    "objective is 'toString', expected one of",
  ],
  'an unknown penalty': [
    () => createPenalty({ name: 'r3' as 'r1' }),
    "penalty is 'r3', expected one of: gradient-penalty, r1, r2",
  ],
  'an option of another objective': [
    () => createObjective({ name: 'hinge', labelSmoothing: 0.1 } as never),
    "labelSmoothing is given with objective 'hinge', which takes no options: leave it out",
  ],
  'an unknown option': [
    () => createObjective({ name: 'minimax', smoothing: 0.1 } as ObjectiveSettings),
    "smoothing is given with objective 'minimax', which takes only labelSmoothing: leave it out",
  ],
  'an option of another penalty': [
    () => createPenalty({ name: 'r1', weight: 2 } as never),
    "weight is given with penalty 'r1', which takes only gamma, every: leave it out",
  ],
  'a kind of relativistic average': [
    () => relativisticAverage({ loss: 'squares' as 'hinge' }),
    "relativisticAverage loss is 'squares', expected one of: cross-entropy, hinge",
  ],
  'an unknown term': [
    () => createObjective({ name: 'hinge', terms: [{ name: 'cycle' } as never] }),
    "term is 'cycle', expected one of: features, l1",
  ],
  'an option of another term': [
    () => createTerm({ name: 'l1', compare: 'means' } as never),
    "compare is given with term 'l1', which takes only weight: leave it out",
  ],
  'a comparison of features': [
    () => createTerm({ name: 'features', compare: 'medians' as 'means' }),
    "featureMatching compare is 'medians', expected one of: pairs, means",
  ],
  'penalties that are no list': [
    () => createObjective({ name: 'hinge', penalties: { name: 'r1' } as never }),
    'objective penalties is [object Object], expected a list of settings',
  ],
  'a number that is text': [
    () => createObjective({ name: 'minimax', labelSmoothing: '0.1' as never }),
    "minimax labelSmoothing is '0.1', expected a number from 0 to below 0.5",
  ],
  'a label out of range in settings': [
    () => createObjective({ name: 'least-squares', fake: 0, real: 0 }),
    'leastSquares real is 0, expected a finite number above the label of fakes, 0',
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
const whole = 'a whole number of at least 1'
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
  ['l1 weight', weight => l1({ weight }), positive, [0, -1, nan, infinity]],
  ['cycle weight', weight => cycle({ weight }), positive, [0, nan]],
  ['identity weight', weight => identity({ weight }), positive, [0, nan]],
  ['featureMatching weight', weight => featureMatching({ weight }), positive, [0, nan]],
  ['patchNce weight', weight => patchNce({ weight }), positive, [0, nan]],
  ['patchNce temperature', temperature => patchNce({ temperature }), positive, [0, -1, infinity]],
  ['reward weight', weight => reward({ weight }), positive, [0, nan]],
  ['r2 every', every => r2({ every }), whole, [0, 2.5]],
]
for (const [option, make, expected, wrong] of ranges)
  test.each(wrong)(`${option} of %d is refused`, value =>
    expect(() => make(value)).toThrow(`[gankit/losses] ${option} is ${value}, expected ${expected}`),
  )
