import { allWeights, forward, type Gan, randomStream, sampleLatent, trainableWeights } from '@gankit/core'
import { formatSummary, summarizeNetwork } from '@gankit/layers'
import { nonSaturating } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { adam, createGanTrainer, hashWeights } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { architectures, createDcgan, type DcganOptions } from '../src/index.ts'
import { countWeights, resolve } from '../src/options.ts'

beforeAll(() => selectBackend({ backend: 'wasm' }))

const networks = ({ generator, discriminator }: Gan) => ({ generator, discriminator })
const shapesOf = (network: tf.LayersModel) =>
  network.layers.flatMap(layer =>
    /Conv|Dense|Spectral|Reshape/.test(layer.getClassName())
      ? [(layer.outputShape as number[]).slice(1).join('×')]
      : [],
  )

test('faces-wide is the net of its table', () => {
  const { generator, discriminator, latent } = createDcgan(architectures['faces-wide'])
  expect(latent!.size).toBe(100)
  expect(shapesOf(generator)).toEqual(['16384', '4×4×1024', '8×8×512', '16×16×256', '32×32×128', '64×64×3'])
  expect(shapesOf(discriminator)).toEqual(['32×32×128', '16×16×256', '8×8×512', '4×4×1024', '1'])
  const names = (network: tf.LayersModel) => network.layers.map(layer => layer.getClassName())
  // LeakyReLU in both, no pooling; batch norm but at G's output and D's input.
  expect(names(generator).filter(name => name === 'LeakyReLU').length).toBe(4)
  expect(names(generator).filter(name => name.includes('BatchNormalization')).length).toBe(4)
  expect(names(discriminator).filter(name => name.includes('BatchNormalization')).length).toBe(3)
  expect([...names(generator), ...names(discriminator)].join()).not.toMatch(/Pool|ReLU(?<!LeakyReLU)/)
  // By hand: PyTorch's DCGAN of these sizes with kernels of 5.
  const convolutions = [3 * 128, 128 * 256, 256 * 512, 512 * 1024].reduce((sum, pairs) => sum + 25 * pairs, 0)
  expect(summarizeNetwork(generator).parameters).toBe(
    100 * 16384 + convolutions + 3 + 4 * (1024 + 512 + 256 + 128),
  )
  expect(summarizeNetwork(discriminator).parameters).toBe(
    convolutions + 128 + 4 * (256 + 512 + 1024) + 16384 + 1,
  )
})

test('a D that is a stage deeper than G halves once more, rounding up', () => {
  const { discriminator } = createDcgan({ ...architectures.mnist, discriminatorStages: 3 })
  expect(shapesOf(discriminator)).toEqual(['14×14×64', '7×7×128', '4×4×256', '1'])
})

test('multiply-adds are those counted by hand', () => {
  const summary = summarizeNetwork(createDcgan(architectures.mnist).generator)
  const { layers, multiplyAdds } = summary
  const of = (name: string) => layers.find(layer => layer.name === name)!.multiplyAdds
  expect(of('dense')).toBe(100 * 7 * 7 * 128)
  expect(of('up_1_conv')).toBe(25 * 128 * 64 * 7 * 7)
  expect(of('up_2_conv')).toBe(25 * 64 * 1 * 14 * 14)
  expect(multiplyAdds).toBe(of('dense') + of('up_1_conv') + of('up_2_conv'))
  expect(formatSummary(summary)).toMatch(/^up_1_conv +14×14×64 +204,800 +10\.0 M$/m)
})

const small: DcganOptions = {
  imageShape: [16, 16, 3],
  base: 4,
  latent: { size: 6, prior: { name: 'normal', mean: 0, std: 1 } },
}

describe.each<[string, DcganOptions]>([
  ['as it is', {}],
  ['grey, and not square', { imageShape: [16, 32, 1] }],
  ['five channels', { imageShape: [8, 8, 5] }],
  ['30×30', { imageShape: [30, 30, 3] }],
  ['100×100, resized', { imageShape: [100, 100, 1], base: 2, upsampling: 'resize' }],
  ['7×13, pixels shuffled', { imageShape: [7, 13, 1], upsampling: 'pixel-shuffle' }],
  ['2×3', { imageShape: [2, 3, 1] }],
  ['resized', { upsampling: 'resize' }],
  ['a deeper D', { discriminatorStages: 5 }],
  ['pixels shuffled', { upsampling: 'pixel-shuffle', generatorActivation: 'relu' }],
  ['spectral', { normalization: { generator: 'pixel', discriminator: 'spectral' } }],
  [
    'nothing normalised',
    { normalization: { generator: 'none', discriminator: 'none' }, discriminatorActivation: 'relu' },
  ],
  ['with everything', { dropout: 0.2, minibatchDeviation: true, selfAttention: true, maxFilters: 6 }],
])('%s', (_, options) => {
  test('it draws in [−1, 1], trains, and leaves no tensor', async () => {
    const gan = createDcgan({ ...small, ...options })
    const { sampleShape } = gan
    const latent = sampleLatent(gan.latent!, 5, randomStream(1, 'test'))
    const fakes = forward(gan.generator, latent)
    expect(fakes.shape).toEqual([5, ...sampleShape])
    expect(Math.max(...(await fakes.abs().data()))).toBeLessThanOrEqual(1)
    expect(forward(gan.discriminator, fakes).shape).toEqual([5, 1])
    const trainer = createGanTrainer({
      gan,
      objective: nonSaturating(),
      optimizers: { generator: adam({ learningRate: 1e-3 }), discriminator: adam({ learningRate: 1e-3 }) },
    })
    const real = randomStream(2, 'test').uniform(4 * tf.util.sizeFromShape([...sampleShape]), -1, 1)
    const batches = {
      position: () => ({ epoch: 0, batch: 0 }),
      next: async () => ({ done: false as const, value: { samples: tf.tensor(real, [4, ...sampleShape]) } }),
      [Symbol.asyncIterator]: () => batches,
    }
    const before = await hashWeights(networks(gan))
    await trainer.fit(batches, { steps: 2 })
    const tensors = tf.memory().numTensors
    await trainer.fit(batches, { steps: 4 })
    expect(tf.memory().numTensors).toBe(tensors)
    expect(await hashWeights(networks(gan))).not.toBe(before)
    for (const weight of [...allWeights(gan.generator).values(), ...allWeights(gan.discriminator).values()])
      expect((await weight.data()).every(Number.isFinite)).toBe(true)
  })

  test('the same options give the same weights, another seed others', async () => {
    const hash = (seed: number) => hashWeights(networks(createDcgan({ ...small, ...options, seed })))
    expect(await hash(3)).toBe(await hash(3))
    expect(await hash(3)).not.toBe(await hash(4))
  })
})

test('what is left out of the latent has its default', () => {
  const prior = { name: 'uniform', min: -1, max: 1 } as const
  const latentOf = (latent: NonNullable<DcganOptions['latent']>) => createDcgan({ ...small, latent }).latent
  expect(latentOf({ prior })).toEqual({ size: 100, prior })
  expect(latentOf({ size: 7 })).toEqual({ size: 7, prior: { name: 'normal', mean: 0, std: 1 } })
  // A net of the paper's size takes seconds to draw.
  expect(createDcgan({ ...architectures.paper, base: 2 }).latent).toEqual({ size: 100, prior })
})

test('DCGAN’s first weights: N(0, 0.02²), and γ from N(1, 0.02²)', async () => {
  const weights = trainableWeights(createDcgan({ ...architectures.mnist, seed: 5 }).generator)
  const moments = async (name: string) => {
    const values = await weights.get(name)!.data<'float32'>()
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return [
      mean,
      Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
    ] as const
  }
  const [mean, std] = await moments('up_1_conv/kernel')
  expect(Math.abs(mean)).toBeLessThan(1e-3)
  expect(std).toBeCloseTo(0.02, 3)
  expect((await moments('start_norm/gamma'))[0]).toBeCloseTo(1, 1)
})

test.each<[object, string]>([
  [{ imageShape: [1, 30, 3] }, '[gankit/dcgan] imageShape.0 is 1, expected'],
  [
    { base: 1024 },
    '[gankit/dcgan] imageShape is 64×64×3: the networks would have 2.22 G weights, 8.25 GiB before gradients and moments, expected at most 268 M: samples of ',
  ],
  [{ imageShape: [32, 32] }, '[gankit/dcgan] imageShape'],
  [{ base: 0 }, '[gankit/dcgan] base is 0, expected'],
  [{ upsampling: 'bilinear' }, '[gankit/dcgan] upsampling is'],
  [{ normalization: { generator: 'spectral' } }, '[gankit/dcgan] normalization.generator is'],
  [{ dropout: 1 }, '[gankit/dcgan] dropout is 1'],
  [{ discriminatorStages: 0 }, '[gankit/dcgan] discriminatorStages is 0'],
  [{ color: true }, '[gankit/dcgan] there is no option color'],
  [
    { latent: { size: 3, prior: { name: 'uniform', min: 1, max: 1 } } },
    'latent.prior.max is 1, expected a number above min',
  ],
])('%j is refused', (options, message) => {
  expect(() => createDcgan(options as DcganOptions)).toThrow(message)
})

test.each<DcganOptions>([
  architectures['faces-light'],
  { imageShape: [100, 30, 3], base: 8, upsampling: 'pixel-shuffle', discriminatorStages: 3 },
  { imageShape: [16, 16, 1], base: 8, condition: { kind: 'vector', size: 40 }, maxFilters: 12 },
])('the weights that are estimated are nearly those that are made: %j', options => {
  const { generator, discriminator } = createDcgan(options)
  const made = generator.countParams() + discriminator.countParams()
  const resolved = resolve(options)
  expect(Math.abs(countWeights(resolved, resolved.plan) / made - 1)).toBeLessThan(0.05)
})
