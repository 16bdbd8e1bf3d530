import { readFileSync } from 'node:fs'
import { leastSquares, nonSaturating, r1, withPenalties } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import {
  adam,
  createTrainer,
  hashWeights,
  loadCheckpoint,
  memoryStore,
  restoreSnapshot,
  saveCheckpoint,
  sgd,
} from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { type BicycleGanOptions, bicycleGan, patchDiscriminator, styleEncoder, uNet } from '../src/index.ts'
import { picture, setSines } from './sines.ts'
import { always, drawSines, expectSums, take } from './steps.ts'

beforeAll(() => selectBackend({ backend: 'wasm', threads: 1 }))

const inputShape = [16, 16, 3] as const
const create = (options: Partial<BicycleGanOptions> = {}) =>
  bicycleGan({
    generator: uNet({ inputShape, base: 2, noise: 3 }),
    discriminator: patchDiscriminator({ inputShape, base: 2, patch: 34, conditionShape: inputShape }),
    encoder: styleEncoder({ inputShape, base: 2, size: 3 }),
    objective: leastSquares(),
    optimizers: { generator: adam(), discriminator: adam() },
    ...options,
  })
const dataFrom = (batch: number) => ({
  input: always(i => picture(`input ${i}`, [2, ...inputShape]), batch),
  target: always(i => picture(`target ${i}`, [2, ...inputShape]), batch),
})

test("a step is PyTorch's", async () => {
  const game = create({
    optimizers: { generator: sgd({ learningRate: 0.1 }), discriminator: sgd({ learningRate: 0.1 }) },
  })
  for (const [name, network] of Object.entries(game.networks)) setSines(network, name)
  const data = {
    input: always(() => picture('input', [2, ...inputShape])),
    target: always(() => picture('target', [2, ...inputShape])),
  }
  const [scalars] = await take(drawSines(game), data, 1)
  const steps = JSON.parse(readFileSync(new URL('fixtures/steps.json', import.meta.url), 'utf8'))
  const { losses, ...weights } = steps['bicycle-gan']
  const names = ['adversarial', 'l1', 'latent', 'kl'].map(name => `generator/${name}`)
  for (const [i, name] of [...names, 'discriminator/loss'].entries())
    expect(scalars!.get(name), name).toBeCloseTo(losses[i], 4)
  for (const [name, network] of Object.entries(game.networks)) expectSums(network, weights[name])
})

test('goes on from a checkpoint bit for bit, and leaves no tensor behind', async () => {
  const whole = createTrainer({ game: create(), seed: 3 })
  await whole.fit(dataFrom(0), { steps: 1 })
  const before = tf.memory().numTensors
  await whole.fit(dataFrom(1), { steps: 5 })
  expect(tf.memory().numTensors).toBe(before)
  const store = memoryStore()
  await createTrainer({ game: create(), seed: 3 }).fit(dataFrom(0), {
    steps: 2,
    callbacks: [
      async (event, run) => {
        if (event.type === 'end') await saveCheckpoint(store, await run.snapshot())
      },
    ],
  })
  const { snapshot } = await loadCheckpoint(store)
  const resumed = createTrainer({ game: create(), seed: 3 })
  restoreSnapshot(resumed, snapshot)
  await resumed.fit(dataFrom(2), { steps: 5 })
  expect(await hashWeights(resumed.game.networks)).toBe(await hashWeights(whole.game.networks))
})

test('a style decides what the generator draws, and the generator says what it takes', () => {
  const { generators, streams } = create({ streams: { input: 'drawing', target: 'face' } })
  expect(streams).toEqual(['drawing', 'face'])
  const { model, noise, condition, sampleShape } = generators['generator']!
  expect([noise!.size, condition, sampleShape]).toEqual([
    3,
    { kind: 'image', shape: [...inputShape] },
    [...inputShape],
  ])
  tf.tidy(() => {
    const drawing = picture('input', [2, ...inputShape])
    const [one, other] = [0, 2].map(value => model.predict([tf.fill([2, 3], value), drawing]) as tf.Tensor)
    expect(one!.sub(other!).abs().max().dataSync()[0]).toBeGreaterThan(1e-6)
  })
})

test.each([
  [
    () => create({ generator: uNet({ inputShape, base: 2 }) }),
    'takes [16, 16, 3], expected noise and a picture',
  ],
  [
    () => create({ encoder: styleEncoder({ inputShape, base: 2, size: 4 }) }),
    'the encoder gives 8 numbers, expected 6',
  ],
  [() => create({ l1Weight: 0 }), 'l1Weight is 0, expected a number above 0'],
  [() => create({ klWeight: Number.NaN }), 'klWeight is NaN'],
  [
    () => create({ objective: withPenalties(nonSaturating(), r1()) }),
    'the objective of BicycleGAN has the penalties r1',
  ],
  [() => styleEncoder({ inputShape, levels: 5 }), 'levels is 5, expected at most 4 for 16×16 pixels'],
])('%s is refused in words', (make, message) => {
  expect(make).toThrow(message)
})
