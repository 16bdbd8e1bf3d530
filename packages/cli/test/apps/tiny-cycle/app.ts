import { forward, joinWeights, trainableWeights } from '@gankit/core'
import { defineApp, type StreamsApp } from '@gankit/experiment'
import { adam, type Game, samplePool, type Update } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'

const sides = ['moons', 'ring'] as const
type Side = (typeof sides)[number]
const otherSide = (side: Side): Side => (side === 'moons' ? 'ring' : 'moons')

/** What a test does before each step of the game, such as sending a signal. */
export const hooks: { beforeStep(step: number): void } = { beforeStep: () => {} }

/** A network of one hidden layer, with seeded first weights. */
function network(name: string, inputs: number, outputs: number, seed: number): tf.LayersModel {
  const dense = (units: number, place: number, inputShape?: number[]) =>
    tf.layers.dense({
      name: `dense_${place}`,
      units,
      kernelInitializer: tf.initializers.randomNormal({ stddev: 0.4, seed: seed + place }),
      ...(inputShape && { inputShape, activation: 'relu' as const }),
    })
  return tf.sequential({ name, layers: [dense(8, 1, [inputs]), dense(outputs, 2)] })
}

/** The mean square distance of logits from a label: least squares (Mao et al. 2017, arXiv 1611.04076). */
const distance = (logits: tf.Tensor, label: number): tf.Scalar => tf.mean(tf.square(tf.sub(logits, label)))

/** CycleGAN (Zhu et al. 2017, arXiv 1703.10593) on points: two moons become a ring, and a ring two moons. */
export const app: StreamsApp<null, Side> = defineApp({
  name: 'tiny-cycle',
  title: 'Two moons to a ring, and back',
  presets: {
    quick: {
      description: 'a look',
      model: null,
      training: {
        steps: 6,
        batch: 16,
        latentSize: 1,
        discriminatorSteps: 1,
        objective: 'least-squares',
        optimizers: { generator: { name: 'adam' }, discriminator: { name: 'adam' } },
        sampleEvery: 3,
        checkpointEvery: 3,
      },
    },
  },
  defaultPreset: 'quick',
  workload: 'dense',
  streams: {
    moons: { default: 'moons:200', kinds: { samples: 'points' }, options: { dataSeed: 5 } },
    ring: { default: 'ring:150', kinds: { samples: 'points' } },
  },
  samples: {
    generator: 'moons-to-ring',
    from: 'moons',
    like: 'ring',
    others: { 'ring-to-moons': { from: 'ring', like: 'moons' } },
  },
  createGame({ seed, streams }): Game {
    const size = { moons: streams.moons.sampleShape[0]!, ring: streams.ring.sampleShape[0]! }
    const generators = {
      moons: network('moons-to-ring', size.moons, size.ring, seed + 10),
      ring: network('ring-to-moons', size.ring, size.moons, seed + 20),
    }
    const judges = {
      moons: network('judge-moons', size.moons, 1, seed + 30),
      ring: network('judge-ring', size.ring, 1, seed + 40),
    }
    const pools = {
      moons: samplePool({ capacity: 32, sampleShape: [size.moons] }),
      ring: samplePool({ capacity: 32, sampleShape: [size.ring] }),
    }
    const translate: Update = {
      player: 'generators',
      nextBatches: sides,
      loss({ batches }) {
        const parts = sides.map(side => {
          const real = batches[side]!.samples
          const fake = forward(generators[side], real)
          const back = forward(generators[otherSide(side)], fake)
          return {
            side: otherSide(side),
            fake,
            adversarial: distance(forward(judges[otherSide(side)], fake), 1),
            cycle: tf.mean(tf.abs(tf.sub(back, real))) as tf.Scalar,
          }
        })
        const cycle = tf.add(parts[0]!.cycle, parts[1]!.cycle) as tf.Scalar
        const adversarial = tf.add(parts[0]!.adversarial, parts[1]!.adversarial)
        return {
          loss: tf.add(adversarial, tf.mul(cycle, 2)) as tf.Scalar,
          scalars: { cycle },
          shared: Object.fromEntries(parts.map(({ side, fake }) => [side, fake])),
        }
      },
    }
    const judge = (side: Side): Update => ({
      player: `judge-${side}`,
      currentBatches: [side],
      prepare: ({ shared, random }) => ({
        [`pooled ${side}`]: pools[side].exchange(shared[side]!, random('pool')),
      }),
      loss: ({ batches, shared }) => ({
        loss: tf.add(
          distance(forward(judges[side], batches[side]!.samples), 1),
          distance(forward(judges[side], shared[`pooled ${side}`]!), 0),
        ) as tf.Scalar,
      }),
    })
    const optimizer = () => adam({ learningRate: 2e-3 })
    const weightsOf = trainableWeights
    return {
      networks: {
        'moons-to-ring': generators.moons,
        'ring-to-moons': generators.ring,
        'judge-moons': judges.moons,
        'judge-ring': judges.ring,
      },
      players: {
        generators: {
          weights: joinWeights({
            'moons-to-ring': weightsOf(generators.moons),
            'ring-to-moons': weightsOf(generators.ring),
          }),
          optimizer: optimizer(),
        },
        'judge-moons': { weights: weightsOf(judges.moons), optimizer: optimizer() },
        'judge-ring': { weights: weightsOf(judges.ring), optimizer: optimizer() },
      },
      generators: {
        'ring-to-moons': {
          model: generators.ring,
          condition: { kind: 'vector', size: size.ring },
          sampleShape: [size.moons],
        },
        'moons-to-ring': {
          model: generators.moons,
          condition: { kind: 'vector', size: size.moons },
          sampleShape: [size.ring],
        },
      },
      streams: sides,
      scalars: [
        { name: 'generators/cycle', label: 'cycle', chart: 'terms' },
        { name: 'judge-ring/loss', label: 'ring', chart: 'loss', equilibrium: 0.5 },
      ],
      state: { moons: pools.moons, ring: pools.ring },
      updatesPerStep: 3,
      rounds(step) {
        hooks.beforeStep(step)
        return [[translate], [judge('moons'), judge('ring')]]
      },
    }
  },
})
