import { readFileSync } from 'node:fs'
import { type Batch, type Batches, type Gan, normalPrior, type TokenCondition } from '@gankit/core'
import { createDcgan } from '@gankit/dcgan'
import { openParts } from '@gankit/inference'
import { conditionInput } from '@gankit/layers'
import { nonSaturating, r1, relativistic, withPenalties } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import {
  adam,
  createTrainer,
  type Game,
  hashWeights,
  loadCheckpoint,
  memoryStore,
  restoreSnapshot,
  saveCheckpoint,
  sgd,
} from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import {
  captionedGenerator,
  captionMatching,
  type GanClsOptions,
  ganCls,
  matchingLoss,
  pictureEncoder,
  textEncoder,
} from '../src/index.ts'

beforeAll(() => selectBackend({ backend: 'wasm', threads: 1 }))

const captions: TokenCondition = { kind: 'tokens', length: 5, vocabulary: 7 }
const imageShape = [8, 8, 3] as const
const size = 6
const [n, noise] = [4, 3]

const create = (options: Partial<GanClsOptions> = {}) =>
  ganCls({
    gan: createDcgan({ imageShape, base: 2, latent: { size: noise }, condition: { kind: 'vector', size } }),
    textEncoder: textEncoder({ captions, size, tokenSize: 3, filters: 4 }),
    pictureEncoder: pictureEncoder({ inputShape: imageShape, size, base: 2 }),
    captions,
    objective: nonSaturating(),
    optimizers: { generator: adam(), discriminator: adam(), encoder: adam() },
    ...options,
  })

/** scale·sin(place·0.7 + letters of the name), as in fixtures/make_fixtures.py. */
function sines(name: string, shape: readonly number[], scale: number): tf.Tensor {
  const start = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 100
  const count = shape.reduce((product, side) => product * side, 1)
  return tf.tensor(
    Float32Array.from({ length: count }, (_, place) => scale * Math.sin(0.7 * place + start)),
    [...shape],
  )
}

/** Batches without end, of other pictures and captions each, or of the same ones. */
function batchesFrom(from: number, isSame = false): Batches {
  let batch = from
  const batches = {
    position: () => ({ epoch: 0, batch }),
    async next() {
      const at = isSame ? from : batch++
      const samples = sines(at === 0 ? 'real' : `real ${at}`, [n, ...imageShape], 0.9)
      const tokens = Array.from({ length: n * 5 }, (_, i) => (3 * Math.floor(i / 5) + 2 * (i % 5) + at) % 7)
      return {
        done: false as const,
        value: { samples, condition: tf.tensor2d(tokens, [n, 5], 'int32') } as Batch,
      }
    },
    return: async () => ({ done: true as const, value: undefined }),
    throw: async (error: unknown) => Promise.reject(error),
    [Symbol.asyncIterator]: () => batches,
  }
  return batches as unknown as Batches
}

/** G and D of one dense layer each, as make_fixtures.py has them. */
function denseGan(): Gan {
  const condition = { kind: 'vector', size } as const
  const pixels = imageShape.reduce((a: number, b) => a * b, 1)
  const z = tf.input({ shape: [noise], name: 'z' })
  const given = conditionInput(condition)
  const joined = tf.layers.concatenate({ name: 'joined' }).apply([z, given])
  const painted = tf.layers.dense({ name: 'paint', units: pixels, activation: 'tanh' }).apply(joined)
  const picture = tf.layers.reshape({ name: 'picture', targetShape: [...imageShape] }).apply(painted)
  const x = tf.input({ shape: [...imageShape], name: 'x' })
  const c = conditionInput(condition)
  const seen = tf.layers
    .dense({ name: 'seen', units: size })
    .apply(tf.layers.flatten().apply(x)) as tf.SymbolicTensor
  const logit = tf.layers.dense({ name: 'logit', units: 1 }).apply(seen) as tf.SymbolicTensor
  const fits = tf.layers.dot({ axes: 1, name: 'fits' }).apply([seen, c]) as tf.SymbolicTensor
  return {
    generator: tf.model({ name: 'generator', inputs: [z, given], outputs: picture as tf.SymbolicTensor }),
    discriminator: tf.model({
      name: 'discriminator',
      inputs: [x, c],
      outputs: tf.layers.add({ name: 'verdict' }).apply([logit, fits]) as tf.SymbolicTensor,
    }),
    latent: { size: noise, prior: normalPrior() },
    condition,
    sampleShape: imageShape,
  }
}

/** Of each weight the sum, and the sum of its products with a ramp from −1 to 1. */
function sums({ trainableWeights }: tf.LayersModel): Record<string, [number, number]> {
  return Object.fromEntries(
    trainableWeights.map(weight => {
      const values = [...weight.read().dataSync()]
      const last = Math.max(1, values.length - 1)
      const ramp = values.reduce((sum, value, i) => sum + value * ((2 * i) / last - 1), 0)
      return [weight.originalName, [values.reduce((a, b) => a + b, 0), values.length > 1 ? ramp : 0]]
    }),
  )
}

test("a step of all networks is PyTorch's", async () => {
  const options = {
    gan: denseGan(),
    textEncoder: textEncoder({ captions, size, tokenSize: 3, filters: 4 }),
    pictureEncoder: pictureEncoder({ inputShape: imageShape, size, base: 2 }),
  }
  const networks = {
    'text-encoder': options.textEncoder,
    'picture-encoder': options.pictureEncoder,
    generator: options.gan.generator,
    discriminator: options.gan.discriminator,
  }
  for (const [name, { trainableWeights }] of Object.entries(networks))
    for (const weight of trainableWeights)
      tf.tidy(() => {
        const values = sines(`${name}/${weight.originalName}`, weight.shape as number[], 0.4)
        weight.write(values)
      })
  const rate = () => sgd({ learningRate: 0.1 })
  const optimizers = { generator: rate(), discriminator: rate(), encoder: rate() }
  const game = create({ ...options, optimizers, temperature: 0.2, matchingWeight: 0.5 })
  const drawn = () => sines('latent', [n * noise], 1).dataSync<'float32'>() as Float32Array<ArrayBuffer>
  const fixed: Game = {
    ...game,
    rounds: step =>
      game.rounds(step).map(round =>
        round.map(update => ({
          ...update,
          loss: context =>
            update.loss({ ...context, random: purpose => ({ ...context.random(purpose), normal: drawn }) }),
        })),
      ),
  }
  let scalars: Readonly<Record<string, number>> = {}
  for await (const event of createTrainer({ game: fixed, seed: 1 }).run(
    { real: batchesFrom(0) },
    { steps: 1 },
  ))
    if (event.type === 'step') scalars = await event.read()
  const { losses, ...weights } = JSON.parse(
    readFileSync(new URL('fixtures/steps.json', import.meta.url), 'utf8'),
  )
  for (const [name, loss] of Object.entries<number>(losses)) expect(scalars[name], name).toBeCloseTo(loss, 5)
  for (const [name, network] of Object.entries(networks)) {
    const got = sums(network)
    expect(Object.keys(got).sort()).toEqual(Object.keys(weights[name]).sort())
    for (const [weight, pair] of Object.entries<[number, number]>(weights[name]))
      for (const [i, value] of pair.entries())
        expect(
          Math.abs(got[weight]![i]! - value) / Math.max(1, Math.abs(value)),
          `${name}/${weight}`,
        ).toBeLessThan(2e-5)
  }
})

test('goes on from a checkpoint bit for bit, and leaves no tensor behind', async () => {
  const game = () =>
    create({ objective: withPenalties(nonSaturating(), r1({ every: 2 })), matchingWeight: 0.3 })
  const whole = createTrainer({ game: game(), seed: 3, averageDecay: 0.9 })
  await whole.fit({ real: batchesFrom(0) }, { steps: 1 })
  const before = tf.memory().numTensors
  await whole.fit({ real: batchesFrom(1) }, { steps: 5 })
  expect(tf.memory().numTensors).toBe(before)
  const store = memoryStore()
  await createTrainer({ game: game(), seed: 3, averageDecay: 0.9 }).fit(
    { real: batchesFrom(0) },
    {
      steps: 2,
      callbacks: [
        async (event, run) => {
          if (event.type === 'end') await saveCheckpoint(store, await run.snapshot())
        },
      ],
    },
  )
  const { snapshot } = await loadCheckpoint(store)
  const resumed = createTrainer({ game: game(), seed: 3, averageDecay: 0.9 })
  restoreSnapshot(resumed, snapshot)
  await resumed.fit({ real: batchesFrom(2) }, { steps: 5 })
  expect(await hashWeights(resumed.game.networks)).toBe(await hashWeights(whole.game.networks))
})

test('the encoders rest after their steps, and learn from nobody else', async () => {
  const game = create({ encoderSteps: 1, matchingWeight: 1 })
  const trainer = createTrainer({ game, seed: 1 })
  const { textEncoder } = openParts(game.generators['generator']!)!
  const weights = () => [textEncoder, game.networks['picture-encoder']!].map(sums)
  const first = weights()
  await trainer.fit({ real: batchesFrom(0) }, { steps: 1 })
  const learned = weights()
  expect(learned).not.toEqual(first)
  await trainer.fit({ real: batchesFrom(1) }, { steps: 3 })
  expect(weights()).toEqual(learned)
})

test('captions and pictures that are alike pair by pair have no loss, those that tell nothing log n', () => {
  const embedded = tf.eye(5)
  const of = (captions: tf.Tensor, pictures: tf.Tensor) =>
    matchingLoss(0.01)({ captions, pictures }).dataSync()[0]!
  expect(of(embedded, embedded.mul(3))).toBeCloseTo(0, 5)
  expect(of(tf.ones([5, 3]), tf.ones([5, 3]))).toBeCloseTo(Math.log(5), 5)
})

test('a caption says what is drawn; the parts of a generator are found again', () => {
  const gan = createDcgan({
    imageShape,
    base: 2,
    latent: { size: noise },
    condition: { kind: 'vector', size },
  })
  const encoder = textEncoder({ captions, size })
  const generator = captionedGenerator({ gan, textEncoder: encoder, captions })
  const { textEncoder: found, painter } = openParts(generator)!
  expect([found, painter.model]).toEqual([encoder, gan.generator])
  tf.tidy(() => {
    const z = tf.ones([2, noise])
    const tokens = tf.tensor2d([1, 2, 3, 0, 0, 4, 5, 6, 0, 0], [2, 5])
    const pictures = generator.model.predict([z, tokens]) as tf.Tensor
    const parts = painter.model.predict([z, found.predict(tokens) as tf.Tensor]) as tf.Tensor
    expect([...pictures.dataSync()]).toEqual([...parts.dataSync()])
    const [one, other] = tf.split(pictures, 2)
    expect(one!.sub(other!).abs().max().dataSync()[0]).toBeGreaterThan(1e-4)
    const numbers = found.predict(tokens) as tf.Tensor
    const { mean, variance } = tf.moments(numbers, 1)
    for (const value of mean.dataSync()) expect(value).toBeCloseTo(0, 4)
    for (const value of variance.dataSync()) expect(value * size).toBeCloseTo(4, 0)
  })
})

test.each([
  [
    () => create({ gan: createDcgan({ imageShape, base: 2 }) }),
    'the GAN has no vector condition, and the text encoder gives 6',
  ],
  [
    () => create({ pictureEncoder: pictureEncoder({ inputShape: imageShape, size: 4 }) }),
    'the text encoder gives 6 numbers and the picture encoder 4, expected as many',
  ],
  [() => create({ objective: relativistic() }), 'compares fakes with real samples one by one'],
  [() => create({ interpolated: 1.5 }), 'interpolated is 1.5, expected a share from 0 to 1'],
  [() => create({ temperature: 0 }), 'temperature is 0'],
  [() => create({ matchingWeight: Number.NaN }), 'matchingWeight is NaN, expected a number from 0'],
  [
    () => pictureEncoder({ inputShape: imageShape, levels: 4 }),
    'levels is 4, expected at most 3 for 8×8 pixels',
  ],
  [() => textEncoder({ captions, widths: [] }), 'widths'],
])('%s is refused in words', (make, message) => {
  expect(make).toThrow(message)
})

test('captions and pictures learn to find one another alone, and the encoders are saved as generators are', async () => {
  const encoders = {
    textEncoder: textEncoder({ captions, size, tokenSize: 3, filters: 4 }),
    pictureEncoder: pictureEncoder({ inputShape: imageShape, size, base: 2 }),
    captions,
  }
  const game = captionMatching({ ...encoders, optimizer: adam({ learningRate: 0.01 }), temperature: 0.2 })
  const losses: number[] = []
  for await (const event of createTrainer({ game, seed: 1 }).run(
    { real: batchesFrom(0, true) },
    { steps: 60 },
  ))
    if (event.type === 'step') losses.push((await event.read())['encoder/loss']!)
  expect(losses.slice(-10).reduce((a, b) => a + b) / 10).toBeLessThan(0.7 * Math.log(n))
  expect(Object.values(game.generators).map(({ sampleShape }) => sampleShape)).toEqual([[size], [size]])
  expect(() => captionMatching({ ...encoders, optimizer: adam(), temperature: -1 })).toThrow(
    'temperature is -1',
  )
})
