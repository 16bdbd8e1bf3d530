import { type Gan, normalPrior } from '@gankit/core'
import { chain, downBlock, upBlock } from '@gankit/layers'
import { createObjective } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { createGanTrainer } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { checkStepMemory, estimateStepMemory } from '../src/train/memory.ts'

beforeAll(() => selectBackend({ backend: 'wasm', threads: 1 }).then(() => undefined))

type ObjectiveSettings = Parameters<typeof createObjective>[0]

/** A small convolutional GAN of 32×32×3. */
function createGan(normalization: 'batch' | 'none'): Gan {
  const common = { kernel: 5, seed: 1 }
  const generator = chain(
    'generator',
    [16],
    [
      tf.layers.dense({ units: 8 * 8 * 32 }),
      tf.layers.reshape({ targetShape: [8, 8, 32] }),
      ...upBlock({ ...common, name: 'up_1', kind: 'transposed', filters: 16 }),
      ...upBlock({
        ...common,
        name: 'up_2',
        kind: 'transposed',
        filters: 3,
        normalization: 'none',
        activation: 'tanh',
      }),
    ],
  )
  const discriminator = chain(
    'discriminator',
    [32, 32, 3],
    [
      ...downBlock({ ...common, name: 'down_1', filters: 16, normalization: 'none' }),
      ...downBlock({ ...common, name: 'down_2', filters: 32, normalization }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1 }),
    ],
  )
  return { generator, discriminator, latent: { size: 16, prior: normalPrior() }, sampleShape: [32, 32, 3] }
}

/** The most bytes that the wasm backend held at once in a step. */
async function measurePeak(gan: Gan, objective: ObjectiveSettings, batch: number): Promise<number> {
  const { wasm } = tf.backend() as unknown as {
    wasm: { _malloc(bytes: number): number; _free(address: number): void }
  }
  const { _malloc, _free } = wasm
  const sizes = new Map<number, number>()
  let [held, peak] = [0, 0]
  wasm._malloc = bytes => {
    const address = _malloc(bytes)
    sizes.set(address, bytes)
    held += bytes
    peak = Math.max(peak, held)
    return address
  }
  wasm._free = address => {
    held -= sizes.get(address) ?? 0
    sizes.delete(address)
    _free(address)
  }
  const trainer = createGanTrainer({ gan, objective: createObjective(objective) })
  const batches = {
    position: () => ({ epoch: 0, batch: 0 }),
    next: async () => ({ done: false as const, value: { samples: tf.fill([batch, 32, 32, 3], 0.1) } }),
    [Symbol.asyncIterator]: () => batches,
  }
  await trainer.fit(batches, { steps: 1 })
  Object.assign(wasm, { _malloc, _free })
  return peak
}

test.each<[string, 'batch' | 'none', ObjectiveSettings]>([
  ['batch norm', 'batch', 'non-saturating'],
  ['no norm', 'none', 'non-saturating'],
  ['R1', 'none', { name: 'non-saturating', penalties: [{ name: 'r1', gamma: 1 }] }],
  ['a gradient penalty', 'none', 'wasserstein-gp'],
])('a step takes what is estimated, or up to twice as much: %s', async (_, normalization, objective) => {
  const gan = createGan(normalization)
  const networks = { generator: gan.generator, discriminator: gan.discriminator }
  const [small, large] = [await measurePeak(gan, objective, 8), await measurePeak(gan, objective, 24)]
  const { perSample } = estimateStepMemory(networks, { objective })
  const measured = (large - small) / 16
  expect(measured / perSample).toBeGreaterThan(1)
  expect(measured / perSample).toBeLessThan(2)
})

test('what is sure not to fit is refused on wasm alone, with what would fit', () => {
  const gan = createGan('batch')
  const networks = { generator: gan.generator, discriminator: gan.discriminator }
  const training = { objective: 'non-saturating', batch: 100_000 } as const
  expect(() => checkStepMemory(networks, training, [32, 32, 3], 'tensorflow')).not.toThrow()
  let message = ''
  try {
    checkStepMemory(networks, training, [32, 32, 3], 'wasm')
  } catch (error) {
    message = (error as Error).message
  }
  expect(message).toMatch(
    /^\[gankit\/cli\] a batch of 100000 samples of 32×32×3 takes at least [\d.]+ GiB, and WebAssembly has 4 GiB: take --batch \d+ or less, --size \d+ or less, a preset with a smaller network or a backend with more memory \(gankit backends\)$/,
  )
  const batch = Number(/--batch (\d+)/.exec(message)![1])
  const adviceFor = (spec: string) =>
    expect(() => checkStepMemory(networks, training, [32, 32, 3], 'wasm', [spec]))
  adviceFor('embedded').toThrow(/take --batch \d+ or less, a preset/)
  adviceFor('cartoon:100').toThrow(/--size \d+ or less/)
  expect(() => checkStepMemory(networks, { ...training, batch }, [32, 32, 3], 'wasm')).not.toThrow()
  expect(() => checkStepMemory(networks, { ...training, batch: batch + 1 }, [32, 32, 3], 'wasm')).toThrow()
})

test('of a game with other networks the largest one is counted, which is less than the step takes', () => {
  const gan = createGan('batch')
  const objective = 'non-saturating'
  const named = { generator: gan.generator, discriminator: gan.discriminator }
  const others = { 'photos-to-paintings': gan.generator, 'judge-paintings': gan.discriminator }
  const [whole, largest] = [named, others].map(networks => estimateStepMemory(networks, { objective }))
  expect(largest!.fixed).toBe(whole!.fixed)
  expect(largest!.perSample).toBeGreaterThan(whole!.perSample / 3)
  expect(largest!.perSample).toBeLessThan(whole!.perSample)
  expect(() => checkStepMemory(others, { objective, batch: 1_000_000 }, [32, 32, 3], 'wasm')).toThrow(
    'takes at least',
  )
})
