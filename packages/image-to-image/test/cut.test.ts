import { leastSquares } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import {
  adam,
  createTrainer,
  hashWeights,
  loadCheckpoint,
  memoryStore,
  restoreSnapshot,
  saveCheckpoint,
} from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import {
  type CutOptions,
  cut,
  type ProjectionHeadsOptions,
  patchDiscriminator,
  projectionHeads,
  resnetGenerator,
  uNet,
} from '../src/index.ts'
import { picture } from './sines.ts'
import { always } from './steps.ts'

beforeAll(() => selectBackend({ backend: 'wasm', threads: 1 }))

const inputShape = [16, 16, 3] as const
const translating = (blocks = 2) => resnetGenerator({ inputShape, base: 2, blocks, endKernel: 3 })

function createCut(options: Partial<CutOptions> = {}) {
  const generator = options.generator ?? translating()
  return cut({
    sides: ['photos', 'paintings'],
    generator,
    heads: projectionHeads({ generator, size: 8 }),
    discriminator: patchDiscriminator({ inputShape, base: 2, patch: 16 }),
    objective: leastSquares(),
    optimizers: { generator: adam(), discriminator: adam() },
    places: 10,
    ...options,
  })
}

const dataFrom = (batch: number) => ({
  photos: always(i => picture(`photos ${i}`, [2, ...inputShape]), batch),
  paintings: always(i => picture(`paintings ${i}`, [2, ...inputShape]), batch),
})

test('one generator and its heads learn together, against one discriminator', () => {
  const game = createCut()
  const heads = ['generator_input', 'down_1_conv', 'down_2_conv', 'block_1_sum', 'block_2_sum']
  expect(Object.keys(game.networks)).toEqual([
    'photos-to-paintings',
    ...heads.map(layer => `head-${layer}`),
    'discriminator',
  ])
  expect(Object.keys(game.generators)).toEqual(['photos-to-paintings'])
  expect(Object.keys(game.players)).toEqual(['generator', 'discriminator'])
  expect([...game.players['generator']!.weights.keys()]).toContain('head-down_1_conv/dense_2/kernel')
})

test('goes on from a checkpoint bit for bit, and leaves no tensor behind', async () => {
  const whole = createTrainer({ game: createCut(), seed: 3 })
  await whole.fit(dataFrom(0), { steps: 1 })
  const before = tf.memory().numTensors
  await whole.fit(dataFrom(1), { steps: 5 })
  expect(tf.memory().numTensors).toBe(before)
  const store = memoryStore()
  await createTrainer({ game: createCut(), seed: 3 }).fit(dataFrom(0), {
    steps: 2,
    callbacks: [
      async (event, run) => {
        if (event.type === 'end') await saveCheckpoint(store, await run.snapshot())
      },
    ],
  })
  const { snapshot } = await loadCheckpoint(store)
  const resumed = createTrainer({ game: createCut(), seed: 3 })
  restoreSnapshot(resumed, snapshot)
  await resumed.fit(dataFrom(2), { steps: 5 })
  expect(await hashWeights(resumed.game.networks)).toBe(await hashWeights(whole.game.networks))
  // Another seed draws other places.
  const other = createTrainer({ game: createCut(), seed: 4 })
  await other.fit(dataFrom(0), { steps: 5 })
  expect(await hashWeights(other.game.networks)).not.toBe(await hashWeights(whole.game.networks))
})

test('without the identity the generator sees no painting', async () => {
  const game = createCut({ identityWeight: 0, contrastWeight: 10 })
  const [generator, discriminator] = game.rounds(0).flat()
  expect(generator).toMatchObject({ nextBatches: ['photos'] })
  expect(discriminator).toMatchObject({ currentBatches: ['paintings'] })
  const trainer = createTrainer({ game, seed: 3 })
  for await (const event of trainer.run(dataFrom(0), { steps: 1 }))
    if (event.type === 'step') {
      const { 'generator/loss': loss, ...scalars } = await event.read()
      expect(scalars).not.toHaveProperty('generator/identity')
      expect(loss).toBeCloseTo(scalars['generator/adversarial']! + 10 * scalars['generator/contrast']!, 4)
    }
})

test.each([
  [9, ['block_1_sum', 'block_5_sum']],
  [3, ['block_1_sum', 'block_2_sum']],
  [1, ['block_1_sum']],
  [0, []],
] as const)('of %i residual blocks heads look at %j', (blocks, expected) => {
  const layers = Object.keys(projectionHeads({ generator: translating(blocks), size: 2 }))
  expect(layers).toEqual(['generator_input', 'down_1_conv', 'down_2_conv', ...expected])
})

test('of a U-Net heads look at the input and at each halving but to one pixel', () => {
  const layers = Object.keys(projectionHeads({ generator: uNet({ inputShape, base: 2 }), size: 2 }))
  expect(layers).toEqual(['generator_input', 'down_1_conv', 'down_2_conv', 'down_3_conv'])
})

const heads = (options: Partial<ProjectionHeadsOptions>) =>
  projectionHeads({ generator: translating(), ...options })

test.each([
  [
    () => heads({ layers: ['down_9_conv'] }),
    "layer 'down_9_conv' of the generator is not there, expected one that gives a map of two places",
  ],
  [() => heads({ generator: uNet({ inputShape, base: 2 }), layers: ['down_4_conv'] }), 'gives [1, 1, 16]'],
  [() => heads({ size: 0 }), 'size is 0'],
  [() => createCut({ places: 1 }), 'places is 1, expected a whole number of at least 2'],
  [() => createCut({ identityWeight: -1 }), 'identityWeight is -1, expected a number from 0'],
  [() => createCut({ contrastWeight: 0 }), 'patchNce weight is 0, expected a finite number above 0'],
  [() => createCut({ temperature: 0 }), 'patchNce temperature is 0'],
  [() => createCut({ heads: {} }), 'the number of heads is 0'],
  [
    () => createCut({ heads: { down_1_conv: Object.values(heads({}))[0]! } }),
    "the channels of layer 'down_1_conv' is 4, expected the 3 that its head takes",
  ],
  [
    () => createCut({ generator: resnetGenerator({ inputShape, base: 2, outputChannels: 1 }) }),
    'makes pictures of [16, 16, 1] from [16, 16, 3], expected the same shape',
  ],
])('%s is refused in words', (create, message) => {
  expect(create).toThrow(message)
})
