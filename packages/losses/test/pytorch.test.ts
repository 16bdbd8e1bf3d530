import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { test } from 'vitest'
import { minimax, nonSaturating, signedMinimax } from '../src/index.ts'
import expected from './fixtures/losses.json' with { type: 'json' }

const real = tf.tensor2d(expected.real, [expected.real.length, 1])
const fake = tf.tensor2d(expected.fake, [expected.fake.length, 1])

test('D: value and gradients are those of PyTorch', async () => {
  const { value, gradients } = expected.discriminator
  const { discriminator } = nonSaturating()
  await expectClose(discriminator(real, fake), [value], 1e-6)
  const [dReal, dFake] = tf.grads((real, fake) => discriminator(real!, fake!))([real, fake])
  await expectClose(dReal!, gradients[0]!, 1e-6)
  await expectClose(dFake!, gradients[1]!, 1e-6)
})

const generators = {
  minimax: minimax(),
  'non-saturating': nonSaturating(),
  'signed-minimax': signedMinimax(),
  'signed-minimax, threshold 0.8': signedMinimax({ threshold: 0.8 }),
}
for (const [name, { generator }] of Object.entries(generators))
  test(`G, ${name}: value and gradient are those of PyTorch`, async () => {
    const { value, gradients } = expected.generator[name as keyof typeof generators]
    await expectClose(generator(fake), [value], 1e-6)
    await expectClose(tf.grad(generator)(fake), gradients[0]!, 1e-6)
  })
