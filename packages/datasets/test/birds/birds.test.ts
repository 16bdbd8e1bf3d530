import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseBirdOptions } from '../../src/birds/bird-options.ts'
import { formatBirdSvg } from '../../src/birds/bird-svg.ts'
import { birds } from '../../src/birds/birds.ts'
import { type Bird, birdAttributes, chooseBird } from '../../src/birds/choose-bird.ts'
import { drawBird } from '../../src/birds/draw-bird.ts'
import { startRenderer } from '../../src/drawn/renderer.ts'
import { conformsToDataset } from '../conformance.ts'
import { rendererBinary as wasm } from '../drawn/renderer-binary.ts'
import { findParts, nameColor, place, toHsl } from './bird-probe.ts'

beforeAll(() => startRenderer(() => wasm))

conformsToDataset('birds', () => birds({ count: 25, size: 16, wasm }))
conformsToDataset('birds, reduced', () => birds({ count: 25, size: 16, reduce: 2, wasm }))

const draw = (index: number, size: number, seed = 0) => drawBird(parseBirdOptions({ size, seed }), index)

test('bird n of a seed is the same picture everywhere', () => {
  const drawn = [draw(0, 64), draw(1, 64), draw(2 ** 32 - 1, 32, 7)]
  // Of @resvg/resvg-wasm 2.6.2 and birdVersion 1, which goes up where these change.
  expect(drawn.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'))).toEqual([
    'ea0082e409ecd41bd6861dfb1d4c9398676a7d84e09a61a16093f7bd68bd95d5',
    '9005bbed848d83cb06011c2f2e9a49f439408db956ee255e21455c281f12125f',
    'e5cd309b5ea5c26638b46ccabab9372258b0ea5a961c8b1d4d92dbe19be6f6c0',
  ])
})

test('the same bird of every size: a small one is what a large one looks like from afar', () => {
  for (let index = 0; index < 12; index++) {
    const [small, large] = [draw(index, 32), draw(index, 256)]
    expect(small.attributes).toEqual(large.attributes)
    const seen = average(large.bytes)
    expect(meanDifference(small.bytes, seen)).toBeLessThan(4)
    expect(meanDifference(draw(index + 1, 32).bytes, seen)).toBeGreaterThan(12)
  }
})

/** A picture of 256 pixels a side, with the mean of each 8×8 pixels. */
function average(bytes: Uint8Array): Float64Array {
  const means = new Float64Array(32 * 32 * 3)
  for (const [i, level] of bytes.entries()) {
    const [x, y] = [Math.floor(i / 3) % 256, Math.floor(i / 3 / 256)]
    means[3 * (32 * (y >> 3) + (x >> 3)) + (i % 3)]! += level / 64
  }
  return means
}

const meanDifference = (a: Uint8Array, b: Float64Array) =>
  a.reduce((sum, level, i) => sum + Math.abs(level - b[i]!), 0) / a.length

test('every value of a trait is about as frequent as the others, and traits don’t go together', () => {
  const count = 20_000
  const rows = Array.from({ length: count }, (_, index) => chooseBird(0, index).attributes)
  for (const [a, { values }] of birdAttributes.entries()) {
    const counts = values.map((_, value) => rows.filter(row => row[a] === value).length / count)
    // Six standard deviations.
    const share = 1 / values.length
    for (const each of counts)
      expect(Math.abs(each - share)).toBeLessThan(6 * Math.sqrt((share * (1 - share)) / count))
  }
  const same = (a: number, b: number) => rows.filter(row => row[a] === row[b]).length / count
  // By chance 10%; 10% of the wings, and 20% of the bellies and crowns, beyond that.
  expect(same(0, 1)).toBeCloseTo(0.19, 1)
  expect(same(0, 2)).toBeCloseTo(0.28, 1)
  expect(same(0, 3)).toBeCloseTo(0.28, 1)
  expect(same(7, 8)).toBeLessThan(0.25)
})

/** Birds on large pictures, with the name of the color at a place in units of the SVG. */
const side = 256
const shown = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const { bird, random } = chooseBird(0, index)
    const parts = findParts(formatBirdSvg(bird, random))
    const { bytes } = draw(index, side)
    const pixel = (x: number, y: number) => {
      const [column, row] = [Math.floor((x * side) / 100), Math.floor((y * side) / 100)]
      const from = 3 * (row * side + column)
      return [...bytes.subarray(from, from + 3)]
    }
    const color = (...at: Parameters<typeof place>) => nameColor(pixel(...place(...at)))
    return { index, bird, parts, pixel, color }
  })

describe('the picture shows what the attributes say', () => {
  let drawn: ReturnType<typeof shown>
  beforeAll(() => {
    drawn = shown(150)
  })

  test('the colors of body, wing, belly, crown, legs and the ring around the eye', () => {
    for (const { index, bird, parts, color } of drawn) {
      const found = {
        body: color(parts.head, 63, 50),
        wing: color(parts.body, 48, 54),
        belly: color(parts.body, 61, 68),
        crown: color(parts.head, 62, 28),
        legs: color(parts.whole, parts.leg + 0.5, 81),
        'eye-ring': color(parts.head, 68, 46.3),
      }
      const { body, wing, belly, crown, legs, 'eye-ring': ring } = bird
      const expected = { body, wing, belly, crown, legs, 'eye-ring': ring === 'none' ? body : ring }
      expect({ index, ...found }).toEqual({ index, ...expected })
    }
  })

  test('the shape and color of the beak', () => {
    for (const { index, bird, parts, color } of drawn) {
      const isBeak = (x: number, y: number) => color(parts.beak, x, y) === bird['beak-color']
      expect({ index, near: isBeak(4, 0.6) }).toEqual({ index, near: true })
      const shape: Bird['beak'] = isBeak(15, 1.2)
        ? 'long'
        : isBeak(10, 4.5)
          ? 'hooked'
          : isBeak(3.5, -4)
            ? 'cone'
            : 'pointed'
      expect({ index, shape }).toEqual({ index, shape: bird.beak })
    }
  })

  test('the shape of the tail', () => {
    for (const { index, bird, parts, color } of drawn) {
      // White before snow and clouds tells nothing.
      if (bird.wing === 'white' && ['sky', 'snow'].includes(bird.background)) continue
      const isTail = (x: number, y: number) => color(parts.tail, x, y) === bird.wing
      const shape: Bird['tail'] = isTail(-25, 2.5) ? 'long' : isTail(-21, -8.5) ? 'forked' : 'short'
      expect({ index, shape }).toEqual({ index, shape: bird.tail })
    }
  })

  test('the background', () => {
    for (const { index, bird, pixel } of drawn) {
      const row = Array.from({ length: 50 }, (_, i) => toHsl(pixel(2 * i, 1)))
      const [hue, saturation] = row.toSorted((a, b) => a[0] - b[0])[25]!
      const background: Bird['background'] =
        hue < 60 ? 'sand' : hue < 140 ? 'leaves' : hue > 230 ? 'dusk' : saturation > 0.5 ? 'sky' : 'snow'
      expect({ index, background }).toEqual({ index, background: bird.background })
    }
  })

  test('birds of one color look to both sides, and none is another', () => {
    const facing = drawn.map(({ parts }) => Math.sign(parts.whole[0]))
    const right = facing.filter(sign => sign > 0).length
    expect(right).toBeGreaterThan(45)
    expect(right).toBeLessThan(105)
    const pictures = Array.from({ length: 60 }, (_, index) => String(draw(index, 16).bytes))
    expect(new Set(pictures).size).toBe(60)
  })
})

test('options that make no sense say so', async () => {
  const wrong = (options: object) => expect(birds({ wasm, ...options })).rejects
  await wrong({ count: 0 }).toThrow('[gankit/datasets] count is 0, expected at least 1')
  await wrong({ size: 7 }).toThrow('size is 7, expected a whole number from 8 to 512, as birds are square')
  await wrong({ size: 64, reduce: 3 }).toThrow('reduce is 3, expected a factor that divides the size, 64')
  await wrong({ reduce: 0 }).toThrow('reduce is 0')
  await wrong({ seed: -1 }).toThrow('seed is -1')
  await wrong({ count: 10_000_000, size: 512 }).toThrow(
    '10000000 birds of 512×512 take 7864.3 GB, more than memory gives: take fewer or smaller ones, or birds of @gankit/datasets/node',
  )
})
