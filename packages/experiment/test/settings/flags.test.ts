import { expect, test } from 'vitest'
import { changeSettings, defineApp, selectPreset, type TrainingSettings } from '../../src/index.ts'

const training: TrainingSettings = {
  steps: 10,
  batch: 4,
  latentSize: 2,
  discriminatorSteps: 1,
  objective: 'minimax',
  optimizers: {
    generator: { name: 'momentum', learningRate: 0.1, momentum: 0.9 },
    discriminator: { name: 'momentum', learningRate: 0.2 },
  },
  sampleEvery: 5,
}
const app = defineApp({
  name: 'points',
  title: 'Points',
  presets: {
    quick: { description: 'a look', model: {}, training },
    full: { description: 'more', model: {}, training },
  },
  defaultPreset: 'quick',
  data: { default: 'ring', kinds: ['ring'] },
  createGan: () => {
    throw new Error('not here')
  },
})

test('a preset without flags is itself', () => {
  expect(selectPreset(app)[0]).toBe('quick')
  expect(changeSettings(training, {})).toEqual(training)
})

test('flags take the place of what the preset says', () => {
  const changed = changeSettings(training, {
    steps: 3,
    batch: 2,
    latent: 7,
    discriminatorSteps: 5,
    objective: 'non-saturating',
  })
  expect(changed).toEqual({
    ...training,
    steps: 3,
    batch: 2,
    latentSize: 7,
    discriminatorSteps: 5,
    objective: 'non-saturating',
  })
})

test('the same optimizer keeps its options, another one starts from its defaults', () => {
  expect(changeSettings(training, { optimizer: 'momentum', learningRate: 0.5 }).optimizers).toEqual({
    generator: { name: 'momentum', learningRate: 0.5, momentum: 0.9 },
    discriminator: { name: 'momentum', learningRate: 0.5 },
  })
  expect(changeSettings(training, { optimizer: 'rmsprop' }).optimizers.generator).toEqual({ name: 'rmsprop' })
})

test('each network may have a learning rate of its own', () => {
  const { optimizers } = changeSettings(training, { learningRate: 0.5, learningRateD: 0.25 })
  expect([optimizers.generator.learningRate, optimizers.discriminator.learningRate]).toEqual([0.5, 0.25])
})

test('an objective keeps its options, another one starts without them', () => {
  const smooth = { ...training, objective: { name: 'non-saturating', labelSmoothing: 0.1 } } as const
  expect(changeSettings(smooth, {}).objective).toEqual(smooth.objective)
  expect(changeSettings(smooth, { r1: 0.5 }).objective).toEqual({
    ...smooth.objective,
    penalties: [{ name: 'r1', gamma: 0.5 }],
  })
  expect(changeSettings(smooth, { objective: 'hinge' }).objective).toBe('hinge')
  expect(changeSettings(training, { labelSmoothing: 0.2 }).objective).toEqual({
    name: 'minimax',
    labelSmoothing: 0.2,
  })
})

test('the other flags are settings of their own', () => {
  const flags = {
    warmUpDiscriminator: 9,
    simultaneous: true,
    instanceNoise: 0.1,
    sampleEvery: 7,
    checkpointEvery: 8,
    keep: 3,
  }
  expect(changeSettings(training, { ...flags, clipNorm: 2 })).toEqual({
    ...training,
    ...flags,
    clipNorm: { generator: 2, discriminator: 2 },
  })
})

test.each([
  [
    { objective: 'hing' },
    "objective is 'hing', expected one of: hinge, least-squares, minimax, non-saturating",
  ],
  [{ optimizer: 'toString' }, "optimizer is 'toString', expected one of: adam, momentum, rmsprop, sgd"],
])('%o is refused with the names there are', (flags, message) => {
  expect(() => changeSettings(training, flags)).toThrow(message)
})

test('an unknown preset is refused with those of the app', () => {
  expect(() => selectPreset(app, 'slow')).toThrow("preset of points is 'slow', expected one of: quick, full")
})

test('the metric of the best generator is a setting', () => {
  expect(changeSettings(training, { bestBy: 'coverage', evaluateEvery: 100 })).toMatchObject({
    bestBy: 'coverage',
    evaluateEvery: 100,
  })
})
