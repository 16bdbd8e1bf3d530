import { selectBackend } from '@gankit/runtime/node'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { squaredMmd } from '../src/distances/kid.ts'
import { type FeatureRows, kid, neighborMetrics } from '../src/index.ts'
import { fastProducts } from '../src/linear/fast-products.ts'
import { centerRows } from '../src/linear/rows.ts'
import { drawn } from './fixtures/drawn.ts'
import expected from './fixtures/metrics.json' with { type: 'json' }

beforeAll(() => selectBackend({ backend: 'wasm' }))

test("products are the backend's", async () => {
  const [a, b] = centerRows(drawn({ seed: 1, count: 50, size: 8 }), drawn({ seed: 2, count: 50, size: 8 }))
  expect(tf.getBackend()).toBe('wasm')
  expect(await (await fastProducts(a, b)).of(a, 0, 50, b)).toBeInstanceOf(Float32Array)
})

test('the discrepancy keeps 1e-6 with products in float32', async () => {
  for (const { real, fake, expected: known } of expected.discrepancy)
    await expectClose([await squaredMmd(drawn(real), drawn(fake))], [known], 1e-6)
})

test('neighbours are the same to the last one', async () => {
  for (const { real, fake, expected: known } of expected.neighbours) {
    const { density, ...shares } = known
    const figures = await neighborMetrics(drawn(real), drawn(fake))
    expect(figures).toMatchObject(shares)
    expect(figures.density).toBeCloseTo(density, 12)
  }
})

test("float64 decides where float32 can't: samples closer than float32 tells apart, far from 0", async () => {
  // A tight cloud, one outlier that widens the scale, and fakes on the rims of real balls.
  const cloud = drawn({ seed: 5, count: 60, size: 3, scale: 2 ** -12, shift: 1 })
  const real = { ...cloud, values: Float32Array.from([...cloud.values, 4000, 4000, 4000]), count: 61 }
  const fake: FeatureRows = drawn({ seed: 6, count: 60, size: 3, scale: 2 ** -12, shift: 1 })
  const onWasm = await neighborMetrics(real, fake)
  await selectBackend({ backend: 'cpu' })
  const inLoops = await neighborMetrics(real, fake)
  await selectBackend({ backend: 'wasm' })
  expect(onWasm).toEqual(inLoops)
  expect(onWasm.recall).toBeGreaterThan(0.3)
})

test.each(['wasm', 'cpu'])('the host gets its turn in the midst of a figure, on %s', async backend => {
  await selectBackend({ backend })
  const [real, fake] = [7, 8].map(seed => drawn({ seed, count: 1000, size: 8 })) as [FeatureRows, FeatureRows]
  let [turns, going] = [0, true]
  const count = () => {
    turns++
    if (going) setImmediate(count)
  }
  setImmediate(count)
  await neighborMetrics(real, fake)
  const whileNeighbours = turns
  await kid(real, fake, { subsets: 10 })
  going = false
  // A million pairs three times over, and 10 subsets of 500, in blocks.
  expect(whileNeighbours).toBeGreaterThanOrEqual(6)
  expect(turns - whileNeighbours).toBeGreaterThanOrEqual(60)
  await selectBackend({ backend: 'wasm' })
})

test('no tensor is left behind', async () => {
  const before = tf.memory().numTensors
  await squaredMmd(drawn({ seed: 1, count: 50, size: 8 }), drawn({ seed: 2, count: 50, size: 8 }))
  expect(tf.memory().numTensors).toBe(before)
})
