import { expect, test } from 'vitest'
import { loadShippedWeights } from '../../src/extractors/conv-net.ts'
import { digitNet } from '../../src/extractors/digit-features.ts'

test('weights that are cut short are refused', () => {
  const asked = () => loadShippedWeights(digitNet, Buffer.alloc(10).toString('base64'))
  expect(asked).toThrow(
    'embedded weights are damaged (5 numbers, expected 98442): install @gankit/metrics again',
  )
})
