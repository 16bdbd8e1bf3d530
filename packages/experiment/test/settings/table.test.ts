import { objectives } from '@gankit/losses'
import { optimizerNames } from '@gankit/trainer/optimizers'
import { expect, test } from 'vitest'
import {
  changeSettings,
  checkTrainingSettings,
  completeSettings,
  type TrainingSettings,
} from '../../src/index.ts'
import { trainingFlags, trainingSettings } from '../../src/settings.ts'

const adam = { name: 'adam', learningRate: 1e-3 } as const
const training: TrainingSettings = {
  steps: 10,
  batch: 4,
  latentSize: 2,
  discriminatorSteps: 1,
  objective: 'hinge',
  optimizers: { generator: adam, discriminator: adam },
  sampleEvery: 5,
}
const check = (changes: object) => () => checkTrainingSettings({ ...training, ...changes }, 'preset quick')

test('every objective and optimizer of the packages that have them is a setting', () => {
  for (const objective of Object.keys(objectives)) {
    expect(check({ objective })()).toMatchObject({ objective })
    expect(changeSettings(training, { objective }).objective).toBe(objective)
  }
  for (const name of optimizerNames) {
    const optimizers = { generator: { name }, discriminator: { name } }
    expect(check({ optimizers })()).toMatchObject({ optimizers })
    expect(changeSettings(training, { optimizer: name }).optimizers.discriminator.name).toBe(name)
  }
})

test('every setting has a help text, and every flag a help text and a name of its own', () => {
  for (const { help } of Object.values(trainingSettings)) expect(help).not.toBe('')
  const texts = trainingFlags.map(({ text }) => text)
  expect(new Set(texts).size).toBe(texts.length)
  for (const { text, help } of trainingFlags) {
    expect(text).toMatch(/^--[a-z0-9-]+( <[a-z0-9]+>)?$/)
    expect(help, text).not.toBe('')
  }
})

test('settings within range pass, with and without those that may be left out', () => {
  expect(check({})()).toEqual(training)
  const objective = { name: 'non-saturating', penalties: [{ name: 'r1', gamma: 1, every: 8 }] }
  const learningRate = { name: 'cosine', from: 1e-3, to: 1e-5, updates: 10 }
  const more = {
    objective,
    optimizers: { generator: { name: 'adam', learningRate }, discriminator: { name: 'sgd' } },
    clipNorm: { generator: 5 },
    instanceNoise: { name: 'linear', from: 0.1, to: 0, updates: 100 },
    augmentation: { color: false },
    averageDecay: 0.99,
    keep: 3,
    guard: { tries: 1 },
  }
  expect(check(more)()).toMatchObject(more)
})

test.each<[object, string]>([
  [{ steps: 0 }, 'preset quick: steps is 0, expected a whole number from 1 to'],
  [{ batch: undefined }, 'preset quick: batch is undefined, expected a whole number from 2'],
  [{ latentSize: 1.5 }, 'latentSize is 1.5, expected a whole number from 1 to 65536'],
  [
    { objective: 'hing' },
    "objective is 'hing', expected the name of an objective, or an object with it: hinge",
  ],
  [{ objective: { name: 'hing' } }, 'objective is \'{"name":"hing"}\', expected the name of an objective'],
  [{ optimizers: { generator: adam, discriminator: { name: 'adan' } } }, 'each with a name: adam, momentum'],
  [{ optimizers: { generator: adam } }, 'optimizers is'],
  [{ averageDecay: 1 }, 'averageDecay is 1, expected a number from 0 to below 1'],
  [{ clipNorm: { generator: 0 } }, 'clipNorm is'],
  [{ latent: 64 }, "preset quick has a setting 'latent', expected some of: steps, batch, latentSize"],
])('%o is refused', (changes, message) => {
  expect(check(changes)).toThrow(message)
})

test('defaults are filled in where there is no value', () => {
  expect(completeSettings(training)).toMatchObject({ checkpointEvery: 500, keep: 2 })
  expect(completeSettings({ ...training, keep: 9 })).toMatchObject({ checkpointEvery: 500, keep: 9 })
})
