import { normalPrior, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { type LatentsToFeatures, perceptualPathLength } from '../../src/index.ts'

/** f(G(z)) = factor·z. */
const linear =
  (factor: number): LatentsToFeatures =>
  (latents, count) => ({ values: latents.map(value => value * factor), count, size: latents.length / count })

const uniform = { size: 8, prior: uniformPrior(-1, 1) }

test('a linear generator on lines: factor²·‖b − a‖², of mean factor²·8·2/3, whatever ε', async () => {
  // ‖b − a‖² of 8 uniform pairs has the mean 16/3 and the deviation 1.78: 0.4 % for 20,000, and as much by trimming.
  for (const epsilon of [1e-3, 1e-2]) {
    const length = await perceptualPathLength(linear(3), uniform, { samples: 20_000, epsilon, batch: 500 })
    expect(length / 9).toBeGreaterThan((16 / 3) * 0.98)
    expect(length / 9).toBeLessThan((16 / 3) * 1.02)
  }
})

test('twice as steep is four times as long', async () => {
  const [one, two] = [1, 2].map(factor => perceptualPathLength(linear(factor), uniform, { samples: 200 }))
  expect((await two!) / (await one!)).toBeCloseTo(4, 9)
})

test("the same latents whatever the prior's mean, and great circles around it", async () => {
  // On a great circle of radius r the step is r·ω, and r² is about the latent's size: 64·E ω² = 64·(π/2)² for many numbers.
  const at = (mean: number) =>
    perceptualPathLength(
      linear(1),
      { size: 64, prior: normalPrior(mean, 1) },
      { samples: 2000, epsilon: 1e-2, batch: 100 },
    )
  const centred = await at(0)
  expect(centred / (64 * (Math.PI / 2) ** 2)).toBeGreaterThan(0.95)
  expect(centred / (64 * (Math.PI / 2) ** 2)).toBeLessThan(1.05)
  expect((await at(4)) / centred).toBeCloseTo(1, 3)
})

test('the longest and shortest hundredth count for nothing', async () => {
  let batch = 0
  const spiky: LatentsToFeatures = (_, count) => {
    const values = new Float32Array(count)
    for (let i = 0; i < count / 2; i++) values[count / 2 + i] = batch === 0 && i === 0 ? 1e6 : 1
    batch++
    return { values, count, size: 1 }
  }
  expect(await perceptualPathLength(spiky, uniform, { samples: 1000, epsilon: 0.5, batch: 100 })).toBe(4)
})

test('the seed decides', async () => {
  const length = (seed: number) => perceptualPathLength(linear(1), uniform, { samples: 100, seed })
  expect(await length(1)).toBe(await length(1))
  expect(await length(1)).not.toBe(await length(2))
})
