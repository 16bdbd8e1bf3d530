import * as tf from '@tensorflow/tfjs'
import { type Case, createCase } from '../case.ts'
import { batches, smallTrainer, steps } from '../dcgan.ts'
import { expectNumbers, tolerances } from '../expect-numbers.ts'
import fixture from '../fixtures/dcgan-trace.json' with { type: 'json' }

const tracedScalars = ['discriminator/loss', 'generator/loss', 'discriminator/real', 'discriminator/fake']

/** Twenty steps of a small DCGAN, as PyTorch takes them from the same weights, images and latents. */
export const traceCases = (): Case[] => [
  createCase('20 steps of a DCGAN', async () => {
    const trainer = smallTrainer()
    const trace: number[] = []
    for await (const event of trainer.run(batches(), { steps }))
      if (event.type === 'step') {
        const values = await event.read()
        trace.push(...tracedScalars.map(name => values[name]!))
      }
    const { generator, discriminator } = trainer.gan
    trainer.dispose()
    for (const network of [generator, discriminator]) network.dispose()
    await expectNumbers(
      'losses and verdicts',
      tf.tensor2d(trace, [steps, 4]),
      fixture.trace.flat(),
      tolerances.trace,
    )
  }),
]
