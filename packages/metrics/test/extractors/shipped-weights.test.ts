import { expect, test } from 'vitest'
import { digitNet } from '../../src/extractors/digit-net.ts'
import { shippedWeights } from '../../src/extractors/shipped-weights.ts'

test('weights that are cut short are refused', () => {
  const asked = () => shippedWeights(digitNet, Buffer.alloc(10).toString('base64'))
  expect(asked).toThrow(
    'embedded weights are damaged (5 numbers, expected 98442): install @gankit/metrics again',
  )
})
