import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { checks } from '../../src/doctor/checks.ts'
import type { Reading, ReadingsContext } from '../../src/doctor.ts'
import { history } from './readings.ts'

/** A check of readings taken every 50 steps, without a warm-up. */
const look =
  (name: 'discriminator-saturated' | 'oscillation' | 'exploding-gradients') =>
  (readings: readonly Reading[], more: Partial<ReadingsContext> = {}) =>
    checks[name]().readings!({ readings, all: readings, every: 50, scalars: [], minimumLoss: 0, ...more })
const discriminatorSaturated = look('discriminator-saturated')
const oscillation = look('oscillation')
const explodingGradients = look('exploding-gradients')

const hinge = { equilibrium: { discriminator: 2, generator: 0 } }
const wasserstein = { equilibrium: { discriminator: 0, generator: 0 } }
const won = { 'discriminator/loss': 0.004, 'discriminator/real': 0.998, 'discriminator/fake': 0.001 }

test('noise about an equilibrium is healthy, whatever its seed', () => {
  const readings = history(2000)
  for (let end = 1; end <= readings.length; end++) {
    const seen = readings.slice(Math.max(0, end - 64), end)
    for (const check of [discriminatorSaturated, oscillation, explodingGradients])
      expect(check(seen), `${end}`).toBeUndefined()
  }
})

test('D has won once its loss and D(fake) are nothing through the window', () => {
  const turn = history(20, i => (i >= 10 ? won : {}))
  expect(discriminatorSaturated(turn.slice(0, 15))).toBeUndefined()
  expect(discriminatorSaturated(turn.slice(0, 16))?.evidence).toContain(
    'from step 550 to 800 the loss of D was 0.004',
  )
  const back = history(20, i => (i === 19 ? {} : won))
  expect(discriminatorSaturated(back), 'G answers').toBeUndefined()
  expect(
    discriminatorSaturated(history(20, () => ({ ...won, 'discriminator/fake': 0.3 }))),
    'D(fake) is not',
  ).toBeUndefined()
  expect(
    discriminatorSaturated(history(20, () => ({ ...won, 'discriminator/loss': 0.2 }))),
    'its loss is not',
  ).toBeUndefined()
})

test('what D wins is judged by the objective', () => {
  const margin = history(8, () => ({
    'discriminator/loss': 0.03,
    'discriminator/real': 0.76,
    'discriminator/fake': 0.24,
  }))
  expect(discriminatorSaturated(margin)).toBeUndefined()
  expect(discriminatorSaturated(margin, { objective: hinge })).toBeDefined()
  expect(
    discriminatorSaturated(
      history(8, () => ({ ...won, 'discriminator/loss': -0.001 })),
      { objective: wasserstein },
    ),
  ).toBeUndefined()
  const pairs = { equilibrium: { discriminator: Math.LN2, generator: Math.LN2 }, comparesWithReal: true }
  const above = history(8, () => ({
    'discriminator/loss': 0.002,
    'discriminator/real': 1,
    'discriminator/fake': 0.9,
  }))
  expect(discriminatorSaturated(above, { objective: pairs })).toBeDefined()
  const smoothed = history(8, () => ({
    'discriminator/loss': 0.33,
    'discriminator/real': 0.9,
    'discriminator/fake': 0.001,
  }))
  const objective = { equilibrium: { discriminator: 1.376, generator: Math.LN2 } }
  expect(discriminatorSaturated(smoothed, { objective })).toBeUndefined()
  expect(discriminatorSaturated(smoothed, { objective, minimumLoss: 0.325 })).toBeDefined()
})

const swinging = (of: (i: number) => number) => history(32, i => ({ 'discriminator/fake': of(i) }))
const wave = (i: number, period = 8) => Math.sin((2 * Math.PI * i) / period)

test('a large lasting swing oscillates, with its period in steps', () => {
  expect(oscillation(swinging(i => 0.5 + 0.3 * wave(i)))?.evidence).toMatch(
    /^from step 50 to 1600 D\(fake\) swung by 0\.\d+ every 400 steps/,
  )
  const growing = swinging(i => 0.5 + 0.01 * i * wave(i))
  expect(oscillation(growing)).toBeDefined()
  const onTrend = history(32, i => ({ 'generator/loss': 2 + 0.1 * i + 2 * wave(i, 5) }))
  expect(oscillation(onTrend)?.evidence).toContain('the loss of G swung by')
})

test('what is small, damps, has no period, or is not seen for long enough does not', () => {
  expect(oscillation(swinging(i => 0.5 + 0.1 * wave(i)))).toBeUndefined()
  expect(oscillation(swinging(i => 0.5 + 0.45 * 0.95 ** i * wave(i)))).toBeUndefined()
  expect(oscillation(swinging(i => 0.5 + 0.3 * wave(i)).slice(1))).toBeUndefined()
  expect(oscillation(swinging(i => i / 40))).toBeUndefined()
  expect(oscillation(swinging(() => 0.5))).toBeUndefined()
  expect(oscillation(history(32, i => ({ 'generator/loss': i % 2 > 0 ? Number.NaN : 1 })))).toBeUndefined()
})

test('of many wandering series hardly any oscillates', () => {
  const noise = randomStream(2, 'walk').normal(400 * 32)
  const found = (memory: number) =>
    Array.from({ length: 400 }, (_, k) => {
      let at = 0
      return oscillation(
        swinging(i => {
          at = memory * at + noise[32 * k + i]!
          return at
        }),
      )
    }).filter(symptom => symptom !== undefined).length
  for (const memory of [0, 0.5, 0.9, 1]) expect(found(memory)).toBeLessThanOrEqual(2)
})

const gradients = (of: (i: number) => number, count = 12): Reading[] =>
  history(count, i => ({ 'generator/gradient': of(i) }))

test('a gradient explodes by a jump, by steady growth, or beyond all measure', () => {
  expect(explodingGradients(gradients(i => (i === 11 ? 90 : 0.5)))?.evidence).toBe(
    'the gradient of G is 90 long, against 0.5, the median of the 10 readings before',
  )
  const growth = gradients(i => 0.5 * 2 ** i)
  expect(explodingGradients(growth)?.evidence).toContain('grew 512-fold in 10 readings')
  expect(explodingGradients(gradients(() => 3e5))?.evidence).toContain('is 300,000 long')
  expect(explodingGradients(gradients(() => Number.POSITIVE_INFINITY))?.evidence).toContain(
    'is Infinity long',
  )
  expect(explodingGradients(history(5, () => ({ 'discriminator/gradient': 2e7 })))?.evidence).toContain(
    'gradient of D',
  )
})

test('a gradient that wakes up, jumps a little, or is not there does not', () => {
  expect(explodingGradients(gradients(i => (i === 11 ? 5 : 1e-4)))).toBeUndefined()
  expect(explodingGradients(gradients(i => (i === 11 ? 40 : 0.5)))).toBeUndefined()
  expect(explodingGradients(gradients(i => 0.5 * 1.4 ** i))).toBeUndefined()
  expect(explodingGradients(gradients(() => Number.NaN))).toBeUndefined()
  expect(explodingGradients([])).toBeUndefined()
})
