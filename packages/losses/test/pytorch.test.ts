import type { RandomStream } from '@gankit/core'
import { patchGradients } from '@gankit/runtime'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  gradientPenalty,
  hinge,
  leastSquares,
  minimax,
  nonSaturating,
  r1,
  r2,
  relativistic,
  relativisticAverage,
  signedMinimax,
  wasserstein,
} from '../src/index.ts'
import { createContext, createDiscriminator } from './discriminator.ts'
import expected from './fixtures/losses.json' with { type: 'json' }

patchGradients()

const column = (values: number[]) => tf.tensor2d(values, [values.length, 1])
const real = column(expected.real)
const fake = column(expected.fake)

const objectives = {
  minimax: minimax(),
  'minimax, smoothed': minimax({ labelSmoothing: 0.1 }),
  'non-saturating': nonSaturating(),
  'non-saturating, smoothed': nonSaturating({ labelSmoothing: 0.1 }),
  'signed-minimax': signedMinimax(),
  'signed-minimax, threshold 0.8': signedMinimax({ threshold: 0.8 }),
  'least-squares': leastSquares(),
  'least-squares, labels 0 and 1': leastSquares({ fake: 0, real: 1, wanted: 1 }),
  'least-squares, wanted 0': leastSquares({ wanted: 0 }),
  hinge: hinge(),
  'wasserstein-gp': wasserstein(),
  'relativistic-average': relativisticAverage(),
  'relativistic-average, hinge': relativisticAverage({ loss: 'hinge' }),
  relativistic: relativistic(),
}

test('every objective is compared', () => {
  expect(Object.keys(objectives)).toEqual(Object.keys(expected.objectives))
  expect(Object.keys(penalties)).toEqual(Object.keys(expected.penalties))
})

for (const [name, { discriminator, generator, comparesWithReal }] of Object.entries(objectives)) {
  const known = expected.objectives[name as keyof typeof objectives]

  test(`${name}, D: value and gradients are those of PyTorch`, async () => {
    await expectClose(discriminator(real, fake), [known.discriminator.value], 1e-6, 1e-6)
    const slopes = tf.grads((real, fake) => discriminator(real!, fake!))([real, fake])
    for (const [i, slope] of slopes.entries())
      await expectClose(slope, known.discriminator.gradients[i]!, 1e-6)
  })

  test(`${name}, G: value and gradients are those of PyTorch`, async () => {
    await expectClose(generator(fake, real), [known.generator.value], 1e-6, 1e-6)
    const [inReal, inFake] = known.generator.gradients
    await expectClose(tf.grad(x => generator(x, real))(fake), inFake!, 1e-6)
    expect(inReal !== null).toBe(comparesWithReal ?? false)
    if (inReal) await expectClose(tf.grad(x => generator(fake, x))(real), inReal, 1e-6)
  })
}

const penalties = {
  r1: r1(),
  'r1, gamma 0.5': r1({ gamma: 0.5 }),
  r2: r2(),
  'gradient-penalty': gradientPenalty(),
  'gradient-penalty, weight 2, target 0': gradientPenalty({ weight: 2, target: 0 }),
}

const samples = { real: tf.tensor2d(expected.samples.real), fake: tf.tensor2d(expected.samples.fake) }
const prepared = {
  uniform: (count: number) => Float32Array.from(expected.samples.mix.slice(0, count)),
} as unknown as RandomStream

for (const [name, penalty] of Object.entries(penalties))
  test(`${name}: value and gradients in D's weights are those of PyTorch`, async () => {
    const known = expected.penalties[name as keyof typeof penalties]
    const weights = expected.judge.map(({ values, shape }) => tf.variable(tf.tensor(values, shape)))
    const { value, grads } = tf.variableGrads(
      () =>
        penalty.value({ ...createContext(samples, createDiscriminator(weights)), random: () => prepared }),
      weights,
    )
    await expectClose(value, [known.value], 0, 1e-5)
    for (const [i, weight] of weights.entries())
      await expectClose(grads[weight.name] ?? tf.zerosLike(weight), known.gradients[i]!, 1e-5, 1e-5)
  })
