import { selectBackend } from '@gankit/runtime/node'
import { expectClose } from '@gankit/testkit'
import type * as tf from '@tensorflow/tfjs'
import { expect, test, vi } from 'vitest'
import { squaredMmd } from '../src/distances/kid.ts'
import { neighborMetrics } from '../src/index.ts'
import { drawn } from './fixtures/drawn.ts'
import expected from './fixtures/metrics.json' with { type: 'json' }

const coarse = vi.hoisted(() => ({ products: 0 }))

// As a backend with 16-bit products: eleven binary digits of each number.
vi.mock('@tensorflow/tfjs', async original => {
  const all = await original<typeof tf>()
  const half = (x: tf.Tensor) => x.mul(1024).round().div(1024)
  const matMul: typeof tf.matMul = (a, b, ...turned) => {
    coarse.products++
    return all.matMul(half(a as tf.Tensor), half(b as tf.Tensor), ...turned)
  }
  return { ...all, matMul }
})

test('products of 16 bits are found out, and not used', async () => {
  await selectBackend({ backend: 'wasm' })
  const { real, fake, expected: known } = expected.discrepancy[2]!
  await expectClose([await squaredMmd(drawn(real), drawn(fake))], [known], 1e-10)
  const third = expected.neighbours[2]!
  const { precision, recall } = await neighborMetrics(drawn(third.real), drawn(third.fake))
  expect({ precision, recall }).toEqual({
    precision: third.expected.precision,
    recall: third.expected.recall,
  })
  // One product each, to find out.
  expect(coarse.products).toBe(2)
})
