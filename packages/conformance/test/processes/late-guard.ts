import { type Gan, normalPrior, type Objective } from '@gankit/core'
import { glorotUniform } from '@gankit/layers'
import { nonSaturating } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { createGanTrainer, hashWeights } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { batches } from '../../src/suite/dcgan.ts'
import { collectDriverErrors } from './compared.ts'

// A small net on WebGPU, where the guard looks one step late, one of whose losses is not a number. Prints what
// happened, the weights' hash at the state to fall back to and after the fall, and whether all ended finite.
await selectBackend({ backend: 'webgpu' })
const driverErrors = collectDriverErrors()

const network = (role: string, inputShape: number[], units: number, ...last: tf.layers.Layer[]) => {
  const kernelInitializer = glorotUniform({ seed: 1, purpose: role })
  const flat = tf.layers.reshape({ inputShape, targetShape: [tf.util.sizeFromShape(inputShape)] })
  return tf.sequential({ layers: [flat, tf.layers.dense({ units, kernelInitializer }), ...last] })
}
const shape = [16, 16, 1]
const gan: Gan = {
  generator: network('generator', [8], 256, tf.layers.reshape({ targetShape: shape })),
  discriminator: network('discriminator', shape, 1),
  latent: { size: 8, prior: normalPrior() },
  sampleShape: shape,
}

const sound = nonSaturating()
let updates = 0
const objective: Objective = {
  ...sound,
  generator: fake => tf.mul(sound.generator(fake), updates++ === 5 ? Number.NaN : 1) as tf.Scalar,
}

const trainer = createGanTrainer({ gan, objective, seed: 1 })
const events: string[] = []
const hashes: string[] = []
for await (const event of trainer.run(batches(), { steps: 8, guard: { every: 4 } })) {
  events.push(`${event.type} ${event.step}`)
  if ((event.type === 'step' && event.step === 4) || event.type === 'rollback')
    hashes.push(await hashWeights(trainer.game.networks))
}
const weights = [gan.generator, gan.discriminator].flatMap(({ weights }) => weights)
const numbers = await Promise.all(weights.map(weight => weight.read().data<'float32'>()))
const finite = numbers.every(values => values.every(Number.isFinite))
process.stdout.write(`\n${JSON.stringify({ events, hashes, finite, driverErrors })}`)
