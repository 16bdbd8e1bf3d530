import { type Gan, randomStream, sampleLatent } from '@gankit/core'
import { expectClose, savedModel } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { architectures, createVanillaGan } from '../src/index.ts'

const reopen = (artifacts: tf.io.ModelArtifacts) => tf.loadLayersModel(tf.io.fromMemory(artifacts))

/** Opens as a page would that has tfjs and none of our classes. */
async function reopenWithoutOurs(artifacts: tf.io.ModelArtifacts): Promise<tf.LayersModel> {
  const { classNameMap } = tf.serialization.SerializationMap.getMap()
  const ours = Object.keys(classNameMap).filter(name => name.startsWith('@gankit'))
  expect(ours).not.toHaveLength(0)
  const kept = ours.map(name => classNameMap[name]!)
  for (const name of ours) delete classNameMap[name]
  try {
    return await reopen(artifacts)
  } finally {
    for (const [index, name] of ours.entries()) classNameMap[name] = kept[index]!
  }
}

const latents = (gan: Gan) => sampleLatent(gan.latent!, 5, randomStream(2, 'latent'))

test.each(Object.entries(architectures))(
  "plain tfjs opens a saved generator of architecture '%s' and predicts the same",
  async (_, architecture) => {
    const gan = createVanillaGan({ ...architecture, seed: 3 })
    // Running statistics that are not those of the start.
    for (let step = 0; step < 3; step++)
      tf.dispose(gan.generator.apply(latents(gan), { training: true }) as tf.Tensor)
    const artifacts = await savedModel(gan.generator)
    expect(JSON.stringify(artifacts.modelTopology)).not.toContain('gankit')
    const plain = await reopenWithoutOurs(artifacts)
    const z = latents(gan)
    await expectClose(
      plain.predict(z) as tf.Tensor,
      await (gan.generator.predict(z) as tf.Tensor).data(),
      1e-6,
    )
  },
)

test('an RBF generator opens where layers is imported; elsewhere the error names that package', async () => {
  const gan = createVanillaGan({ sampleShape: [2], generator: { kind: 'rbf', units: 8 } })
  const artifacts = await savedModel(gan.generator)
  await expect(reopenWithoutOurs(artifacts)).rejects.toThrow('Unknown layer: @gankit/layers>RadialBasis')
  const z = latents(gan)
  const again = (await reopen(artifacts)).predict(z) as tf.Tensor
  await expectClose(again, await (gan.generator.predict(z) as tf.Tensor).data(), 1e-6)
})

test('a discriminator with maxout and two classes opens again', async () => {
  const { discriminator } = createVanillaGan({
    sampleShape: [4, 4, 1],
    discriminator: { hidden: [6], activation: 'maxout', head: 'softmax', inputRange: '[0, 1]' },
  })
  const x = tf.randomUniform([3, 4, 4, 1], -1, 1, 'float32', 5)
  const again = (await reopen(await savedModel(discriminator))).predict(x) as tf.Tensor
  await expectClose(again, await (discriminator.predict(x) as tf.Tensor).data(), 1e-6)
})
