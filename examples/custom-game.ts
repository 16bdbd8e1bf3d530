/**
 * A game of one's own with three networks: two generators and a discriminator that says not only whether a point is
 * real but also which generator made it, so that each generator has to find points that the other leaves out. This is
 * MAD-GAN (Ghosh et al. 2018, arXiv 1704.02906) for two generators.
 *
 *     npm run example examples/custom-game.ts
 */
import { type Generator, normalPrior, sampleLatent, trainableWeights } from '@gankit/core'
import { distributionDataset, ring } from '@gankit/datasets'
import { drawSamples } from '@gankit/inference'
import { glorotUniform } from '@gankit/layers'
import { selectBackend } from '@gankit/runtime/node'
import { adam, createTrainer, type Game, type Update } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'

await selectBackend() // wasm, or native TensorFlow where it is installed

const latent = { size: 2, prior: normalPrior() }
const makers = ['first', 'second'] as const

/** A chain of dense layers, with seeded first weights. Names make weights findable in checkpoints. */
function network(name: string, units: readonly number[], activation: 'tanh' | 'linear'): tf.LayersModel {
  const layer = (size: number, i: number) =>
    tf.layers.dense({
      name: `dense_${i + 1}`,
      units: size,
      activation: i < units.length - 1 ? 'relu' : activation,
      kernelInitializer: glorotUniform({ seed: 1, purpose: `${name}/dense_${i + 1}` }),
      ...(i === 0 && { inputShape: [2] }),
    })
  return tf.sequential({ name, layers: units.map(layer) })
}

/** The mean of −log p(label), where p is the softmax of D's three logits: 0 real, 1 the first generator, 2 the second. */
function crossEntropy(logits: tf.Tensor, label: number): tf.Scalar {
  const logProbabilities = tf.logSoftmax(logits as tf.Tensor2D)
  return tf.neg(tf.mean(tf.slice(logProbabilities, [0, label], [-1, 1]))) as tf.Scalar
}

export function twoGenerators(): Game {
  const networks = {
    first: network('first', [32, 32, 2], 'tanh'),
    second: network('second', [32, 32, 2], 'tanh'),
    discriminator: network('discriminator', [64, 64, 3], 'linear'),
  }
  const player = (name: keyof typeof networks) => ({
    weights: trainableWeights(networks[name]), // all that this player's updates may change
    optimizer: adam({ learningRate: 1e-3, beta1: 0.5 }),
  })
  const generator = (name: (typeof makers)[number]): Generator => ({
    model: networks[name],
    noise: latent,
    sampleShape: [2],
  })

  // D minimizes −E log p(real | x) − Σᵢ E log p(i | Gᵢ(z)): it takes the next batch of the stream 'real'.
  const discriminatorUpdate: Update = {
    player: 'discriminator',
    nextBatches: ['real'],
    loss({ batches, batchSize, random }) {
      const onReal = crossEntropy(networks.discriminator.apply(batches['real']!.samples) as tf.Tensor, 0)
      const onFakes = makers.map((name, i) => {
        const noise = sampleLatent(latent, batchSize, random(name))
        const fake = networks[name].apply(noise) as tf.Tensor
        return crossEntropy(networks.discriminator.apply(fake) as tf.Tensor, i + 1)
      })
      return {
        loss: tf.addN([onReal, ...onFakes]) as tf.Scalar,
        scalars: { real: tf.exp(tf.neg(onReal)) as tf.Scalar },
      }
    },
  }

  // Gᵢ minimizes −E log p(real | Gᵢ(z)).
  const generatorUpdate = (name: (typeof makers)[number]): Update => ({
    player: name,
    loss({ batchSize, random }) {
      const fake = networks[name].apply(sampleLatent(latent, batchSize, random('noise'))) as tf.Tensor
      return { loss: crossEntropy(networks.discriminator.apply(fake) as tf.Tensor, 0) }
    },
  })

  return {
    networks,
    players: { first: player('first'), second: player('second'), discriminator: player('discriminator') },
    generators: { first: generator('first'), second: generator('second') },
    streams: ['real'],
    scalars: [
      { name: 'discriminator/loss', label: 'D', chart: 'loss' },
      ...makers.map(name => ({ name: `${name}/loss`, label: name, chart: 'loss' })),
      { name: 'discriminator/real', label: 'real', chart: 'D(x)', digits: 2 },
    ],
    updatesPerStep: 3,
    // Two rounds a step: D's update; then both generators', which start from the same weights.
    rounds: () => [[discriminatorUpdate], makers.map(generatorUpdate)],
  }
}

const trainer = createTrainer({ game: twoGenerators(), seed: 1 })
const twoModes = distributionDataset(ring({ modes: 2, radius: 0.7, std: 0.05 }), { size: 10_000 })
for await (const event of trainer.run(twoModes.batches({ size: 64 }), { steps: 600 }))
  if (event.type === 'step' && event.step % 200 === 0) console.log(event.step, await event.read())

/** Of each generator's points, the share at the right mode, and the share within 0.2 of either. */
export const shares: Record<string, { right: number; near: number }> = {}
for (const [name, generator] of Object.entries(trainer.game.generators)) {
  const { samples, count } = await drawSamples(generator, 500, 1)
  const points = Array.from({ length: count }, (_, i) => [samples[2 * i]!, samples[2 * i + 1]!] as const)
  const right = points.filter(([x]) => x > 0).length / count
  const near = points.filter(([x, y]) => Math.hypot(Math.abs(x) - 0.7, y) < 0.2).length / count
  shares[name] = { right, near }
  console.log(
    `${name}: ${Math.round(right * 100)}% at the right mode, ${Math.round(near * 100)}% near a mode`,
  )
}
