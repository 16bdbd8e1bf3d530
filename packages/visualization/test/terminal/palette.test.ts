import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { findNearest256 } from '../../src/terminal/colors.ts'
import { palette } from './screen.ts'

const distance = (index: number, color: readonly number[]) => {
  const shown = palette(index) as readonly number[]
  return color.reduce((sum, level, i) => sum + (level - shown[i]!) ** 2, 0)
}
const nearestOf = (indices: number[], color: readonly number[]) =>
  Math.min(...indices.map(index => distance(index, color)))

test('a gray is shown by the nearest of the ramp, black and white', () => {
  const grays = [16, 231, ...Array.from({ length: 24 }, (_, i) => 232 + i)]
  for (let level = 0; level < 256; level++) {
    const index = findNearest256(level, level, level)
    expect(grays).toContain(index)
    expect(distance(index, [level, level, level]), `level ${level}`).toBe(
      nearestOf(grays, [level, level, level]),
    )
  }
})

test('a color is shown by the nearest of colors 16 to 255', () => {
  const indices = Array.from({ length: 240 }, (_, i) => 16 + i)
  const bits = randomStream(1, 'palette').bits(2000)
  for (const word of bits) {
    const color = [word & 255, (word >> 8) & 255, (word >> 16) & 255] as const
    if (new Set(color).size > 1)
      expect(distance(findNearest256(...color), color), `${color}`).toBe(nearestOf(indices, color))
  }
})

test('pure colors are the corners of the cube', () => {
  expect(findNearest256(255, 0, 0)).toBe(196)
  expect(findNearest256(0, 255, 0)).toBe(46)
  expect(findNearest256(0, 0, 255)).toBe(21)
  expect(findNearest256(255, 255, 0)).toBe(226)
})
