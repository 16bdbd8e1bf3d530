import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { nearest256 } from '../src/palette.ts'
import { palette } from './screen.ts'

const distance = (index: number, colour: readonly number[]) => {
  const shown = palette(index) as readonly number[]
  return colour.reduce((sum, level, i) => sum + (level - shown[i]!) ** 2, 0)
}
const nearestOf = (indices: number[], colour: readonly number[]) =>
  Math.min(...indices.map(index => distance(index, colour)))

test('a grey is shown by the nearest of the ramp, black and white', () => {
  const greys = [16, 231, ...Array.from({ length: 24 }, (_, i) => 232 + i)]
  for (let level = 0; level < 256; level++) {
    const index = nearest256(level, level, level)
    expect(greys).toContain(index)
    expect(distance(index, [level, level, level]), `level ${level}`).toBe(
      nearestOf(greys, [level, level, level]),
    )
  }
})

test('a colour is shown by the nearest of colours 16 to 255', () => {
  const indices = Array.from({ length: 240 }, (_, i) => 16 + i)
  const bits = randomStream(1, 'palette').bits(2000)
  for (const word of bits) {
    const colour = [word & 255, (word >> 8) & 255, (word >> 16) & 255] as const
    if (new Set(colour).size > 1)
      expect(distance(nearest256(...colour), colour), `${colour}`).toBe(nearestOf(indices, colour))
  }
})

test('pure colours are the corners of the cube', () => {
  expect(nearest256(255, 0, 0)).toBe(196)
  expect(nearest256(0, 255, 0)).toBe(46)
  expect(nearest256(0, 0, 255)).toBe(21)
  expect(nearest256(255, 255, 0)).toBe(226)
})
