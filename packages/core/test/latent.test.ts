import { expect, test } from 'vitest'
import { latentNumbers, normalPrior, randomStream, sampleLatent, uniformPrior } from '../src/index.ts'

test('plain latents are those of the tensor', async () => {
  for (const prior of [normalPrior(1, 2), uniformPrior(-1, 1)]) {
    const latent = { size: 3, prior }
    const tensor = sampleLatent(latent, 5, randomStream(4, 'latent'))
    expect(tensor.shape).toEqual([5, 3])
    expect(latentNumbers(latent, 5, randomStream(4, 'latent'))).toEqual(await tensor.data())
    tensor.dispose()
  }
})
