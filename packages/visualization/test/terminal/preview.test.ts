import { randomStream } from '@gankit/core'
import { describe, expect, test } from 'vitest'
import type { ColorSupport } from '../../src/terminal/colors.ts'
import { terminalPreview } from '../../src/terminal/preview.ts'
import { playHalfBlocks, withoutEscapes } from './screen.ts'

const digits = (count: number) => ({
  samples: new Float32Array(count * 784).fill(-1),
  sampleShape: [28, 28, 1],
})
const size = (text: string) => {
  const lines = withoutEscapes(text).split('\n')
  return [Math.max(...lines.map(line => line.length)), lines.length]
}

describe.each<ColorSupport>(['truecolor', '256', 'none'])('with color %s', color => {
  test('28 × 28 samples are 14 × 7 characters each, five in a row of 80 columns', () => {
    expect(size(terminalPreview(digits(15), { color }))).toEqual([5 * 14 + 4 * 2, 3 * 7 + 2])
    expect(size(terminalPreview(digits(5), { color, columns: 78 }))).toEqual([78, 7])
    expect(size(terminalPreview(digits(5), { color, columns: 77 }))).toEqual([62, 15])
    expect(size(terminalPreview(digits(1), { color, columns: 20 }))).toEqual([14, 7])
  })

  test('lines are never longer, nor more, than the terminal has room for', () => {
    const random = randomStream(1, `terminal ${color}`)
    for (let i = 0; i < 150; i++) {
      const [a, b, c, d, e] = random.bits(5)
      const [height, width, count] = [1 + (a! % 70), 1 + (b! % 70), 1 + (c! % 12)]
      const [columns, rows] = [1 + (d! % 120), 1 + (e! % 60)]
      const samples = random.uniform(height * width * count, -1, 1)
      const text = terminalPreview({ samples, sampleShape: [height, width, 1] }, { columns, rows, color })
      const [longest, lines] = size(text)
      expect(longest).toBeGreaterThan(0)
      expect(longest).toBeLessThanOrEqual(columns)
      expect(lines).toBeLessThanOrEqual(rows)
      for (const line of text.split('\n'))
        if (color === 'none') expect(line).toMatch(/^[\u2800-\u28ff ]*$/)
        else if (line !== '') expect(line.endsWith('\x1b[0m')).toBe(true)
    }
  })

  test('rows leaves out the samples that have no room', () => {
    expect(size(terminalPreview(digits(50), { color, rows: 24 }))).toEqual([78, 23])
    expect(size(terminalPreview(digits(50), { color, rows: 22 }))).toEqual([78, 15])
  })
})

test('half blocks show 28 columns a tile as soon as eight tiles fit', () => {
  const width = (columns: number) => size(terminalPreview(digits(64), { color: '256', columns }))[0]
  expect(width(8 * 30 - 2)).toBe(8 * 30 - 2)
  expect(width(8 * 30 - 3)).toBe(14 * 16 - 2)
})

test('few samples take the room there is', () => {
  expect(size(terminalPreview(digits(2), { color: '256' }))).toEqual([58, 14])
})

test('a picture is shown alone, as large as fits', () => {
  const picture = (width: number) =>
    ({ width, height: 4, channels: 1, data: new Uint8Array(width * 4) }) as const
  expect(size(terminalPreview(picture(80), { color: '256' }))).toEqual([80, 2])
  expect(size(terminalPreview(picture(81), { color: '256' }))).toEqual([41, 1])
  expect(size(terminalPreview(picture(160)))).toEqual([80, 1])
})

test('shrunk pixels are means, and tiles keep their order', () => {
  // Two samples of 160 × 2: the left half of each is lighter by 100.
  const samples = Uint8Array.from(
    { length: 2 * 320 },
    (_, i) => (i % 160 < 80 ? 100 : 0) + (i < 320 ? 0 : 50),
  )
  const text = terminalPreview({ samples, sampleShape: [2, 160, 1] }, { color: 'truecolor', columns: 6 })
  const [upper] = playHalfBlocks(text)
  expect(upper!.map(shown => shown[0])).toEqual([100, 100, 100, 0, 0, 0])
  const bands = text.split('\n\n')
  expect(playHalfBlocks(bands[1]!)[0]!.map(shown => shown[0])).toEqual([150, 150, 150, 50, 50, 50])
})

test('options out of range are refused', () => {
  expect(() => terminalPreview(digits(1), { columns: 0 })).toThrow(
    '[gankit/visualization] columns is 0, expected a whole number of at least 1',
  )
  expect(() => terminalPreview(digits(1), { rows: 0 })).toThrow('rows is 0')
  expect(() => terminalPreview(digits(1), { color: 'ansi' as 'none' })).toThrow(
    `color is 'ansi', expected one of: truecolor, 256, none`,
  )
  expect(() => terminalPreview({ width: 1, height: 1, channels: 1, data: new Uint8Array(2) })).toThrow(
    'picture has 2 bytes, expected 1',
  )
})
