import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { shrinkPicture } from '../../src/pictures/shrink.ts'

test('a whole factor takes the mean of each block, channel by channel', () => {
  const data = Uint8Array.of(0, 10, 100, 20, 40, 50, 20, 68)
  expect(shrinkPicture({ width: 4, height: 2, channels: 1, data }, 2, 1).data).toEqual(Uint8Array.of(25, 52))
  const colors = Uint8Array.of(0, 100, 200, 10, 110, 210)
  expect(shrinkPicture({ width: 2, height: 1, channels: 3, data: colors }, 1, 1).data).toEqual(
    Uint8Array.of(5, 105, 205),
  )
})

test('a pixel across a border counts on either side by its share', () => {
  // (1·0 + ½·90) / 1½ and (½·90 + 1·255) / 1½
  const data = Uint8Array.of(0, 90, 255)
  expect(shrinkPicture({ width: 3, height: 1, channels: 1, data }, 2, 1).data).toEqual(Uint8Array.of(30, 200))
  expect(shrinkPicture({ width: 1, height: 3, channels: 1, data }, 1, 2).data).toEqual(Uint8Array.of(30, 200))
})

test('the mean brightness stays, over random sizes', () => {
  const random = randomStream(1, 'shrink')
  const mean = (data: Uint8Array) => data.reduce((sum, value) => sum + value, 0) / data.length
  for (let i = 0; i < 40; i++) {
    const [a, b, c, d] = random.bits(4)
    const [width, height] = [1 + (a! % 50), 1 + (b! % 50)]
    const data = Uint8Array.from(random.bits(width * height), word => word & 255)
    const small = shrinkPicture({ width, height, channels: 1, data }, 1 + (c! % width), 1 + (d! % height))
    // Each pixel is rounded to a whole level, by half a level at most.
    expect(Math.abs(mean(small.data) - mean(data))).toBeLessThan(0.5 + 1e-9)
  }
})
