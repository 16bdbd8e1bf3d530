import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { findNearest256 } from '../../src/terminal/colors.ts'
import { drawHalfBlocks } from '../../src/terminal/half-blocks.ts'
import { palette, playHalfBlocks } from './screen.ts'

const gray = (width: number, height: number, ...data: number[]) =>
  ({ width, height, channels: 1, data: Uint8Array.from(data) }) as const

test('the upper pixel is the foreground, the lower one the background', () => {
  expect(drawHalfBlocks(gray(1, 2, 10, 200), 'truecolor')).toEqual([
    '\x1b[38;2;10;10;10;48;2;200;200;200m▀\x1b[0m',
  ])
  expect(drawHalfBlocks(gray(1, 2, 0, 255), '256')).toEqual(['\x1b[38;5;16;48;5;231m▀\x1b[0m'])
  const red = { width: 1, height: 2, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 0, 255) } as const
  expect(drawHalfBlocks(red, 'truecolor')).toEqual(['\x1b[38;2;255;0;0;48;2;0;0;255m▀\x1b[0m'])
  expect(drawHalfBlocks(red, '256')).toEqual(['\x1b[38;5;196;48;5;21m▀\x1b[0m'])
})

test('an escape is written only where a color changes', () => {
  expect(drawHalfBlocks(gray(3, 2, 0, 0, 0, 255, 255, 255), '256')).toEqual([
    '\x1b[38;5;16;48;5;231m▀▀▀\x1b[0m',
  ])
  expect(drawHalfBlocks(gray(3, 2, 0, 255, 0, 0, 0, 0), '256')).toEqual([
    '\x1b[48;5;16m \x1b[38;5;231m▀ \x1b[0m',
  ])
})

test('the lower half of a last line that has one row of pixels is left to the terminal', () => {
  const shown = playHalfBlocks(drawHalfBlocks(gray(1, 3, 7, 8, 9), 'truecolor').join('\n'))
  expect(shown).toEqual([[[7, 7, 7]], [[8, 8, 8]], [[9, 9, 9]], ['default']])
})

test('a terminal shows every pixel, over random pictures', () => {
  const random = randomStream(1, 'half blocks')
  for (let i = 0; i < 40; i++) {
    const [a, b, c] = random.bits(3)
    const [width, height] = [1 + (a! % 20), 2 * (1 + (b! % 10))]
    const channels = c! % 2 === 0 ? 1 : 3
    // Few levels, so that there are runs of one color.
    const data = Uint8Array.from(random.bits(width * height * channels), word => (word % 3) * 100)
    const pixel = (x: number, y: number) =>
      Array.from({ length: 3 }, (_, channel) => data[(y * width + x) * channels + (channel % channels)]!)
    const pixels = Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => pixel(x, y)),
    )
    const picture = { width, height, channels, data } as const
    expect(playHalfBlocks(drawHalfBlocks(picture, 'truecolor').join('\n'))).toEqual(pixels)
    expect(playHalfBlocks(drawHalfBlocks(picture, '256').join('\n'))).toEqual(
      pixels.map(row => row.map(([r, g, b]) => palette(findNearest256(r!, g!, b!)))),
    )
  }
})
