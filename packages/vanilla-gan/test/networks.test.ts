import { forward, type Gan, randomStream, sampleLatent, trainableWeights, uniformPrior } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { createVanillaGan, type VanillaGanOptions } from '../src/index.ts'

const samples = tf.randomUniform([5, 3], -1, 1, 'float32', 4)
const points: VanillaGanOptions = { sampleShape: [3], latent: { size: 4, prior: uniformPrior(-1, 1) } }
const weight = (model: tf.LayersModel, name: string) => trainableWeights(model).get(name)!

/** x·W + b, in double precision. */
async function affine(x: tf.Tensor, model: tf.LayersModel, layer: string): Promise<number[][]> {
  const rows = (await x.array()) as number[][]
  const kernel = (await weight(model, `${layer}/kernel`).array()) as number[][]
  const bias = (await weight(model, `${layer}/bias`).array()) as number[]
  return rows.map(row => bias.map((b, j) => row.reduce((sum, x, i) => sum + x * kernel[i]![j]!, b)))
}

test('the softmax head gives the probability of the class "real" of a softmax over two classes', async () => {
  const { discriminator } = createVanillaGan({ ...points, discriminator: { hidden: [], head: 'softmax' } })
  const probability = (await affine(samples, discriminator, 'dense_output')).map(
    ([fake, real]) => Math.exp(real!) / (Math.exp(fake!) + Math.exp(real!)),
  )
  await expectClose(tf.sigmoid(forward(discriminator, samples)), probability, 1e-6)
})

test('without hidden layers D is x·w + b', async () => {
  const { discriminator } = createVanillaGan({ ...points, discriminator: { hidden: [] } })
  const logits = await affine(samples, discriminator, 'dense_output')
  await expectClose(forward(discriminator, samples), logits.flat(), 1e-6)
})

test('D sees [0, 1] where its pixels are probabilities', async () => {
  const { discriminator } = createVanillaGan({
    ...points,
    discriminator: { hidden: [], inputRange: '[0, 1]' },
  })
  const logits = await affine(samples.add(1).div(2), discriminator, 'dense_output')
  await expectClose(forward(discriminator, samples), logits.flat(), 1e-6)
})

test('the MLP is dense, LeakyReLU 0.2, dense, tanh', async () => {
  const { generator } = createVanillaGan({ ...points, generator: { kind: 'mlp', hidden: [6] } })
  const z = sampleLatent({ size: 4, prior: uniformPrior(-1, 1) }, 5, randomStream(1, 'z'))
  const hidden = (await affine(z, generator, 'dense_1')).map(row => row.map(x => (x < 0 ? 0.2 * x : x)))
  const output = await affine(tf.tensor2d(hidden), generator, 'dense_output')
  await expectClose(forward(generator, z), output.flat().map(Math.tanh), 1e-6)
})

test('the RBF generator is Gaussian bumps, dense, a sigmoid stretched to [−1, 1]', async () => {
  const { generator } = createVanillaGan({
    ...points,
    generator: { kind: 'rbf', units: 6, output: 'sigmoid' },
  })
  const z = sampleLatent({ size: 4, prior: uniformPrior(-1, 1) }, 5, randomStream(1, 'z'))
  const centers = (await weight(generator, 'radial_basis_1/centers').array()) as number[][]
  const logBeta = await weight(generator, 'radial_basis_1/log_beta').data()
  const bumps = ((await z.array()) as number[][]).map(row =>
    [...logBeta].map((l, j) => {
      const distance = row.reduce((sum, x, i) => sum + (x - centers[i]![j]!) ** 2, 0)
      return Math.exp(-Math.exp(l) * distance)
    }),
  )
  const output = await affine(tf.tensor2d(bumps), generator, 'dense_output')
  await expectClose(
    forward(generator, z),
    output.flat().map(x => 2 / (1 + Math.exp(-x)) - 1),
    1e-6,
  )
})

test('dropout hides its share in training and nothing in inference', async () => {
  const { discriminator } = createVanillaGan({
    sampleShape: [1000],
    discriminator: { hidden: [], dropout: { input: 0.2 } },
  })
  weight(discriminator, 'dense_output/kernel').assign(tf.ones([1000, 1]))
  const kept = async (training: boolean) => {
    const random = (purpose: string) => randomStream(3, purpose)
    const [sum] = await forward(discriminator, tf.ones([1, 1000]), { training, random }).data()
    return sum!
  }
  expect(await kept(false)).toBeCloseTo(1000, 2)
  // Of 1000 inputs 800 stay, give or take four standard deviations of √(1000·0.8·0.2), each counted 1/0.8 times.
  const inTraining = await kept(true)
  expect(Math.abs(0.8 * inTraining - 800)).toBeLessThan(4 * Math.sqrt(160))
  expect(inTraining).not.toBeCloseTo(1000, 2)
})

const generators = [
  { kind: 'mlp', hidden: [8, 8], output: 'tanh' },
  { kind: 'mlp', hidden: [8, 8], activation: 'relu', output: 'sigmoid' },
  { kind: 'rbf', units: 8 },
] as const
const discriminators = [
  { hidden: [8, 8], head: 'sigmoid' },
  { hidden: [8, 8], head: 'softmax' },
  { hidden: [8], activation: 'maxout', pieces: 2, head: 'softmax', dropout: { input: 0.2, hidden: 0.5 } },
  { hidden: [8], activation: 'relu' },
  { hidden: [], head: 'sigmoid' },
] as const
const pairs = generators.flatMap(generator =>
  discriminators.map(discriminator => ({ generator, discriminator })),
)

/** Gradients of both players' losses by their own weights, in training. */
function gradients({ generator, discriminator, latent }: Gan) {
  const objective = nonSaturating()
  const real = tf.randomUniform([16, 3], -1, 1, 'float32', 8)
  const z = sampleLatent(latent!, 16, randomStream(1, 'z'))
  const verdict = (x: tf.Tensor, pass: string) =>
    forward(discriminator, x, { training: true, random: purpose => randomStream(2, `${pass}/${purpose}`) })
  const fake = () => forward(generator, z, { training: true })
  const own = (model: tf.LayersModel) => [...trainableWeights(model).values()]
  return [
    tf.variableGrads(() => objective.generator(verdict(fake(), 'fake')), own(generator)).grads,
    tf.variableGrads(
      () => objective.discriminator(verdict(real, 'real'), verdict(fake(), 'fake')),
      own(discriminator),
    ).grads,
  ]
}

test.each(pairs)('every weight learns: $generator.kind with $discriminator', async options => {
  const gan = createVanillaGan({ ...points, ...options })
  const [ofGenerator, ofDiscriminator] = gradients(gan)
  for (const [model, grads] of [
    [gan.generator, ofGenerator],
    [gan.discriminator, ofDiscriminator],
  ] as const)
    for (const [name, variable] of trainableWeights(model)) {
      const values = await grads![variable.name]!.data()
      expect(values.every(Number.isFinite), `${model.name}/${name}`).toBe(true)
      // Batch norm takes a layer's mean away, so the bias before it can't change anything.
      const hasNoSay = name === 'dense_2/bias' && trainableWeights(model).has('batch_normalization_2/gamma')
      if (!hasNoSay)
        expect(
          values.some(x => x !== 0),
          `${model.name}/${name}`,
        ).toBe(true)
    }
})
