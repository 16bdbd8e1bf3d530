import { expect, test } from 'vitest'
import { tileGrid } from '../../src/pictures/grid.ts'

/** Draws a gray picture as rows of numbers. */
const rows = ({ width, height, data }: { width: number; height: number; data: Uint8Array }) =>
  Array.from({ length: height }, (_, y) => [...data.subarray(y * width, (y + 1) * width)].join(' '))

const samples = Uint8Array.of(1, 2, 3, 4, 5, 6)

test('tiles stand row by row, with gaps between them and none around', () => {
  const grid = tileGrid({ samples, sampleShape: [1, 2, 1], gap: 1, background: 9, columns: 2 })
  expect(rows(grid)).toEqual(['1 2 9 3 4', '9 9 9 9 9', '5 6 9 9 9'])
})

test('enlarging repeats pixels and leaves gaps as they are', () => {
  const grid = tileGrid({ samples, sampleShape: [1, 2, 1], gap: 1, background: 0, columns: 3, scale: 2 })
  expect(rows(grid)).toEqual(['1 1 2 2 0 3 3 4 4 0 5 5 6 6', '1 1 2 2 0 3 3 4 4 0 5 5 6 6'])
})

test('colors stay together', () => {
  const grid = tileGrid({ samples, sampleShape: [1, 1, 3], gap: 1, background: 0 })
  expect(grid).toEqual({ width: 3, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 0, 0, 0, 4, 5, 6) })
})

test('the default is the squarest grid with a gap of 2', () => {
  const size = (count: number) => {
    const { width, height } = tileGrid({ samples: new Float32Array(count * 9), sampleShape: [3, 3, 1] })
    return [width, height]
  }
  const side = (tiles: number) => 5 * tiles - 2
  expect(size(1)).toEqual([side(1), side(1)])
  expect(size(2)).toEqual([side(2), side(1)])
  expect(size(5)).toEqual([side(3), side(2)])
  expect(size(64)).toEqual([side(8), side(8)])
  expect(size(65)).toEqual([side(9), side(8)])
})

test('every tile of a large grid is where the docs say', () => {
  const [count, columns, gap, scale] = [23, 5, 3, 2]
  const values = Uint8Array.from({ length: count * 6 }, (_, i) => i % 251)
  const grid = tileGrid({ samples: values, sampleShape: [2, 3, 1], columns, gap, scale, background: 255 })
  expect([grid.width, grid.height]).toEqual([columns * 6 + 4 * gap, 5 * 4 + 4 * gap])
  let painted = 0
  for (let i = 0; i < count; i++)
    for (let y = 0; y < 4; y++)
      for (let x = 0; x < 6; x++) {
        const at = (Math.floor(i / 5) * (4 + gap) + y) * grid.width + (i % 5) * (6 + gap) + x
        expect(grid.data[at]).toBe(values[i * 6 + (y >> 1) * 3 + (x >> 1)])
        painted++
      }
  expect(grid.data.filter(byte => byte === 255).length).toBe(grid.data.length - painted)
})

test('options out of range are refused', () => {
  const grid = (options: object) => () => tileGrid({ samples, sampleShape: [1, 2, 1], ...options })
  expect(grid({ columns: 0 })).toThrow(
    '[gankit/visualization] columns is 0, expected a whole number of at least 1',
  )
  expect(grid({ gap: -1 })).toThrow('gap is -1, expected a whole number of at least 0')
  expect(grid({ background: 256 })).toThrow('background is 256, expected a whole number from 0 to 255')
  expect(grid({ scale: 1.5 })).toThrow('scale is 1.5, expected a whole number of at least 1')
  expect(grid({ count: 4 })).toThrow('count is 4, expected a whole number from 1 to 3')
})

test('lines between tiles are light on white and dark on black, by the edges of the tiles', () => {
  const level = (edge: number, inside: number, channels: 1 | 3 = 1) => {
    const shape = [4, 4, channels] as const
    const tile = Uint8Array.from({ length: 16 * channels }, (_, i) => {
      const [x, y] = [Math.floor(i / channels) % 4, Math.floor(i / channels / 4)]
      return [0, 3].includes(x) || [0, 3].includes(y) ? edge : inside
    })
    const { data, width } = tileGrid({ samples: Uint8Array.from([...tile, ...tile]), sampleShape: shape })
    expect(width).toBe(10)
    return data[4 * channels]
  }
  expect(level(255, 0)).toBe(224)
  expect(level(255, 0, 3)).toBe(224)
  expect(level(0, 255)).toBe(64)
  expect(level(127, 255)).toBe(64)
})
