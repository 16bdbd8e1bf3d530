import { trainableWeights } from '@gankit/core'
import { expect, test } from 'vitest'
import { architectures, createVanillaGan, type VanillaGanOptions } from '../src/index.ts'

type Values = Map<string, number[]>

async function weightsOf(options: VanillaGanOptions): Promise<Values> {
  const { generator, discriminator } = createVanillaGan(options)
  const values: Values = new Map()
  for (const model of [generator, discriminator])
    for (const [name, weight] of trainableWeights(model))
      values.set(`${model.name}/${name}`, [...(await weight.data())])
  return values
}

// Biases, γ and β start alike; kernels and centres are drawn.
const drawn = (weights: Values) => [...weights].filter(([name]) => /kernel|centers/.test(name))

const small: VanillaGanOptions = {
  sampleShape: [6],
  latent: { size: 6, prior: { name: 'normal', mean: 0, std: 1 } },
  generator: { kind: 'mlp', hidden: [6, 6] },
  discriminator: { hidden: [6, 6] },
}

test.each([
  ['an MLP', small],
  ['an RBF generator', { ...small, generator: { kind: 'rbf', units: 6 } }],
  ['maxout', { ...small, discriminator: { activation: 'maxout', hidden: [6], dropout: { hidden: 0.5 } } }],
] satisfies [string, VanillaGanOptions][])('the seed makes the weights of %s', async (_, options) => {
  const once = await weightsOf({ ...options, seed: 7 })
  expect(await weightsOf({ ...options, seed: 7 })).toEqual(once)
  expect(await weightsOf(options)).toEqual(await weightsOf({ ...options, seed: 0 }))
  const other = await weightsOf({ ...options, seed: 8 })
  for (const [name, values] of drawn(once)) expect(other.get(name), name).not.toEqual(values)
})

test('layers of one shape have weights of their own', async () => {
  const kernels = drawn(await weightsOf(small)).filter(([, values]) => values.length === 36)
  expect(kernels.map(([name]) => name)).toEqual([
    'generator/dense_1/kernel',
    'generator/dense_2/kernel',
    'generator/dense_output/kernel',
    'discriminator/dense_1/kernel',
    'discriminator/dense_2/kernel',
  ])
  expect(new Set(kernels.map(([, values]) => values.join())).size).toBe(kernels.length)
})

/** Largest distance from 0, and the mean of the squares. */
const spread = (values: number[]) => [
  values.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
  values.reduce((sum, x) => sum + x * x, 0) / values.length,
]

// A uniform distribution on ±l has the variance l²/3.
test.each([
  ['generator/dense_1/kernel', 0.05],
  ['generator/dense_output/kernel', 0.05],
  ['discriminator/maxout_1/kernel', 0.005],
  ['discriminator/maxout_2/kernel', 0.005],
])("algorithm1's %s is uniform on ±%s", async (name, limit) => {
  const [most, square] = spread((await weightsOf(architectures.algorithm1)).get(name)!)
  expect(most).toBeLessThanOrEqual(limit)
  expect(most).toBeGreaterThan(0.999 * limit)
  expect(square! / (limit ** 2 / 3)).toBeCloseTo(1, 1)
})

test("classic's kernels are Glorot's: uniform on ±√(6 / (in + out))", async () => {
  const weights = await weightsOf(architectures.classic)
  for (const [name, fans] of [
    ['generator/dense_4/kernel', 512 + 1024],
    ['discriminator/dense_1/kernel', 784 + 512],
  ] as const) {
    const [most] = spread(weights.get(name)!)
    expect(most).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / fans)))
    expect(most).toBeGreaterThan(0.999 * Math.sqrt(6 / fans))
  }
})

test('normal initialisation has its standard deviation', async () => {
  const initialization = { name: 'normal', std: 0.02 } as const
  const weights = await weightsOf({
    generator: { kind: 'mlp', hidden: [200], initialization },
    discriminator: { hidden: [200], initialization },
  })
  for (const name of ['generator/dense_output/kernel', 'discriminator/dense_1/kernel'])
    expect(Math.sqrt(spread(weights.get(name)!)[1]!) / 0.02).toBeCloseTo(1, 1)
})

// What the layer is for: a unit starts near e⁻¹ wherever latents fall, whatever their prior and number.
test.each([
  { size: 100, prior: { name: 'normal', mean: 3, std: 2 } },
  { size: 50, prior: { name: 'uniform', min: 0, max: 1 } },
] as const)('centres start where latents $size fall', async latent => {
  const weights = await weightsOf({ ...small, latent, generator: { kind: 'rbf', units: 64 } })
  const centers = weights.get('generator/radial_basis_1/centers')!
  const mean = centers.reduce((sum, x) => sum + x, 0) / centers.length
  const variance = centers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / centers.length
  const expected = latent.prior.name === 'normal' ? [3, 4] : [1 / 2, 1 / 12]
  expect(mean / expected[0]!).toBeCloseTo(1, 1)
  expect(variance / expected[1]!).toBeCloseTo(1, 1)
  const [logBeta] = weights.get('generator/radial_basis_1/log_beta')!
  expect(Math.exp(logBeta!)).toBeCloseTo(1 / (2 * latent.size * expected[1]!), 6)
})
