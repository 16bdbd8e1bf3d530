import { forward, joinWeights, type NamedWeights, trainableWeights } from '@gankit/core'
import { glorotUniform } from '@gankit/layers'
import { cycle, leastSquares } from '@gankit/losses'
import * as tf from '@tensorflow/tfjs'
import { adam, cosine, type Game, samplePool, type Update, type UpdateContext } from '../../src/index.ts'
import { otherSide, type Side, sides } from './two-sides.ts'

/** A dense network of two hidden layers, [n, 2] → [n, units]. */
function network(name: string, units: number): tf.LayersModel {
  const dense = (layer: string, of: number) =>
    tf.layers.dense({
      name: layer,
      units: of,
      kernelInitializer: glorotUniform({ seed: 3, purpose: `${name}/${layer}` }),
    })
  return tf.sequential({
    name,
    layers: [
      tf.layers.inputLayer({ inputShape: [2] }),
      dense('dense_1', width),
      tf.layers.leakyReLU({ name: 'leaky_1', alpha: 0.2 }),
      dense('dense_2', width),
      tf.layers.leakyReLU({ name: 'leaky_2', alpha: 0.2 }),
      dense('dense_3', units),
    ],
  })
}

/** Steps after which the learning rate has fallen, and the mapping is right. */
export const trainingSteps = 900
const width = 32

/**
 * CycleGAN (Zhu et al. 2017, arXiv 1703.10593) on points: two generators and two discriminators, least-squares losses,
 * cycle consistency, and a pool of earlier fakes for each discriminator.
 */
export function cycleGan(): Game {
  const networks = {
    'moons-to-ring': network('moons-to-ring', 2),
    'ring-to-moons': network('ring-to-moons', 2),
    'judge-moons': network('judge-moons', 1),
    'judge-ring': network('judge-ring', 1),
  }
  const toRing = (x: tf.Tensor) => forward(networks['moons-to-ring'], x)
  const toMoons = (x: tf.Tensor) => forward(networks['ring-to-moons'], x)
  const translate = (from: Side) => (from === 'moons' ? toRing : toMoons)
  const judge = (side: Side, x: tf.Tensor) => forward(networks[`judge-${side}`], x)
  const objective = leastSquares()
  const consistency = cycle({ weight: 2 })
  const pools = {
    moons: samplePool({ capacity: 64, sampleShape: [2] }),
    ring: samplePool({ capacity: 64, sampleShape: [2] }),
  }
  const real = ({ batches }: UpdateContext, side: Side) => batches[side]!.samples

  const generators: Update = {
    player: 'generators',
    nextBatches: sides,
    loss(context) {
      const parts = sides.map(side => {
        const other = otherSide(side)
        const original = real(context, side)
        const translated = translate(side)(original)
        const reconstruction = translate(other)(translated)
        return {
          side: other,
          translated,
          adversarial: objective.generator(judge(other, translated)),
          cycle: consistency.value({ original, reconstruction }),
        }
      })
      const sum = (name: 'adversarial' | 'cycle') =>
        parts.map(part => part[name]).reduce((total, part) => total.add(part) as tf.Scalar)
      return {
        loss: sum('adversarial').add(sum('cycle').mul(consistency.weight)) as tf.Scalar,
        scalars: { adversarial: sum('adversarial'), cycle: sum('cycle') },
        shared: Object.fromEntries(parts.map(({ side, translated }) => [`fake ${side}`, translated])),
      }
    },
  }
  const discriminator = (side: Side): Update => ({
    player: `judge-${side}`,
    currentBatches: [side],
    prepare: ({ shared, random }) => ({
      [`pooled ${side}`]: pools[side].exchange(shared[`fake ${side}`]!, random('pool')),
    }),
    loss: context => ({
      loss: objective.discriminator(
        judge(side, real(context, side)),
        judge(side, context.shared[`pooled ${side}`]!),
      ),
    }),
  })
  const player = (weights: NamedWeights) => ({
    weights,
    optimizer: adam({ learningRate: cosine(6e-3, 6e-4, trainingSteps), beta1: 0.5 }),
  })
  return {
    networks,
    players: {
      generators: player(
        joinWeights({
          'moons-to-ring': trainableWeights(networks['moons-to-ring']),
          'ring-to-moons': trainableWeights(networks['ring-to-moons']),
        }),
      ),
      'judge-moons': player(trainableWeights(networks['judge-moons'])),
      'judge-ring': player(trainableWeights(networks['judge-ring'])),
    },
    generators: Object.fromEntries(
      (['moons-to-ring', 'ring-to-moons'] as const).map(name => [
        name,
        { model: networks[name], condition: { kind: 'vector', size: 2 }, sampleShape: [2] },
      ]),
    ),
    streams: sides,
    scalars: [
      { name: 'generators/cycle', label: 'cycle', chart: 'terms' },
      { name: 'judge-moons/loss', label: 'moons', chart: 'loss', equilibrium: 0.25 },
      { name: 'judge-ring/loss', label: 'ring', chart: 'loss', equilibrium: 0.25 },
    ],
    state: { 'moons-pool': pools.moons, 'ring-pool': pools.ring },
    updatesPerStep: 3,
    rounds: () => [[generators], [discriminator('moons'), discriminator('ring')]],
  }
}
