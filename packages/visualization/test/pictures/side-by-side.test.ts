import { expect, test } from 'vitest'
import { sideBySideGrid } from '../../src/pictures/grid.ts'

const rows = ({ width, height, data }: { width: number; height: number; data: Uint8Array }) =>
  Array.from({ length: height }, (_, y) => [...data.subarray(y * width, (y + 1) * width)].join(' '))
const column = (...values: number[]) => ({ samples: Uint8Array.from(values), sampleShape: [1, 1, 1] })

test('row i is sample i of each column', () => {
  const grid = sideBySideGrid({ columns: [column(1, 2), column(3, 4), column(5, 6)], gap: 1, background: 9 })
  expect(rows(grid)).toEqual(['1 9 3 9 5', '9 9 9 9 9', '2 9 4 9 6'])
})

test('count cuts the rows, and lets columns have more samples than others', () => {
  const grid = sideBySideGrid({ columns: [column(1, 2, 7), column(3)], count: 1, gap: 0 })
  expect(rows(grid)).toEqual(['1 3'])
})

test('gray becomes RGB beside RGB', () => {
  const colored = { samples: Uint8Array.of(7, 8, 9), sampleShape: [1, 1, 3] }
  expect(sideBySideGrid({ columns: [column(5), colored], gap: 0 })).toEqual({
    width: 2,
    height: 1,
    channels: 3,
    data: Uint8Array.of(5, 5, 5, 7, 8, 9),
  })
})

test('captions stand above their columns, in capitals, cut to the width', () => {
  const tile = { samples: new Float32Array(16 * 16).fill(1), sampleShape: [16, 16, 1] }
  const text = (caption: string, background = 64) => {
    const grid = sideBySideGrid({
      columns: [tile, { ...tile, caption }],
      gap: 4,
      background,
    })
    expect([grid.width, grid.height]).toEqual([36, 11 + 16])
    const bright = background < 128 ? 255 : 0
    return Array.from({ length: 11 }, (_, y) =>
      Array.from(grid.data.subarray(y * 36, (y + 1) * 36), level => (level === bright ? '#' : ' '))
        .join('')
        .trimEnd(),
    )
  }
  const hi = [
    '',
    '',
    '                       #   #  ###',
    '                       #   #   #',
    '                       #   #   #',
    '                       #####   #',
    '                       #   #   #',
    '                       #   #   #',
    '                       #   #  ###',
    '',
    '',
  ].map(line => line.slice(1))
  expect(text('Hi')).toEqual(hi)
  expect(text('Hi', 200)).toEqual(hi)
  // Two characters fit into 16 pixels.
  expect(text('HI THERE')).toEqual(hi)
  expect(text('~')).toEqual(text('?'))
})

test('columns that do not match are refused', () => {
  expect(() => sideBySideGrid({ columns: [] })).toThrow('columns is empty, expected at least 1 column')
  expect(() => sideBySideGrid({ columns: [column(1), column(1, 2)] })).toThrow(
    '[gankit/visualization] column 1 has 2 samples of 1 × 1, expected 1 samples of 1 × 1 like the first',
  )
  const wide = { samples: Uint8Array.of(1, 2), sampleShape: [1, 2, 1] }
  expect(() => sideBySideGrid({ columns: [column(1), wide] })).toThrow('column 1 has 1 samples of 1 × 2')
  expect(() => sideBySideGrid({ columns: [column(1), column(1, 2)], count: 2 })).toThrow('count is 2')
  expect(() => sideBySideGrid({ columns: [column(1)], scale: 0 })).toThrow('scale is 0')
})
