import { forward, randomStream, sampleLatent } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { findings } from './findings.ts'
import { ringGan } from './ring.ts'

// Half a minute on a machine that does nothing else, minutes on one that tests everything at once.
test('a run that goes well is left alone for 2,000 steps', async () => {
  const gan = ringGan()
  expect(await findings(2000, { gan })).toEqual([])

  const fakes = tf.tidy(() =>
    forward(gan.generator, sampleLatent(gan.latent!, 500, randomStream(6, 'test'))).arraySync(),
  ) as [number, number][]
  const near = fakes.filter(([x, y]) => Math.abs(Math.hypot(x, y) - 0.8) < 0.2)
  const modes = new Set(near.map(([x, y]) => Math.round((8 * Math.atan2(y, x)) / (2 * Math.PI) + 8) % 8))
  expect([near.length / fakes.length, modes.size], 'it did go well').toEqual([expect.closeTo(1, 0.3), 8])
}, 600_000)
