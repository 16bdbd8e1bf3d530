import type { Augmentation, Position } from '@gankit/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAugment } from '../src/dataset/augment.ts'
import type { Values } from '../src/dataset/batches.ts'
import { createDataset } from '../src/dataset/create-dataset.ts'
import { seen } from './conformance.ts'

const [count, height, width] = [64, 5, 6]
const shape = [height, width, 3]
const sampleSize = height * width * 3
const bytes = Uint8Array.from({ length: count * sampleSize }, (_, i) => (i * 7919 + (i >> 3)) % 256)
const at = (epoch: number, batch: number) => ({ epoch, batch })
const sampleOf = (values: Uint8Array, i: number) => values.subarray(i * sampleSize, (i + 1) * sampleSize)

/** Augments the bytes of samples without conditions. */
function augmentBytes(augmentation: Augmentation, sampleShape: readonly number[], seed?: number) {
  const augment = createAugment(augmentation, { sampleShape }, seed)
  return <Samples extends Values>(samples: Samples, position: Position): Samples =>
    augment({ samples }, position).samples as Samples
}

/** Pixel (y, x) of a sample; beyond its edges, that of the edge. */
function pixel(sample: Uint8Array, y: number, x: number): number[] {
  const within = (value: number, sides: number) => Math.min(Math.max(value, 0), sides - 1)
  const start = (within(y, height) * width + within(x, width)) * 3
  return [...sample.subarray(start, start + 3)]
}

/** A sample, mirrored, and then moved down and to the right. */
function moved(sample: Uint8Array, mirrored: boolean, down: number, right: number): number[] {
  const out: number[] = []
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = Math.min(Math.max(x - right, 0), width - 1)
      out.push(...pixel(sample, y - down, mirrored ? width - 1 - from : from))
    }
  return out
}

test('a flip gives the picture or its exact mirror, each about as often', () => {
  const augment = augmentBytes({ flip: true }, shape, 3)
  let mirrored = 0
  for (let batch = 0; batch < 8; batch++) {
    const out = augment(bytes, at(0, batch))
    for (let i = 0; i < count; i++) {
      const [got, original] = [[...sampleOf(out, i)], sampleOf(bytes, i)]
      const isMirrored = got.join() === moved(original, true, 0, 0).join()
      if (!isMirrored) expect(got).toEqual([...original])
      mirrored += Number(isMirrored)
    }
  }
  // 512 throws: five standard deviations are 57.
  expect(Math.abs(mirrored - 256)).toBeLessThan(57)
})

test('a picture is moved by whole pixels up to the limit each way, and its edges fill the gap', () => {
  const augment = augmentBytes({ translate: 2, flip: true }, shape, 1)
  const found = new Set<string>()
  const out = [0, 1, 2, 3].map(batch => augment(bytes, at(1, batch)))
  for (const values of out)
    for (let i = 0; i < count; i++) {
      const got = [...sampleOf(values, i)].join()
      const which = [-2, -1, 0, 1, 2].flatMap(down =>
        [-2, -1, 0, 1, 2].flatMap(right =>
          [true, false].flatMap(mirrored =>
            moved(sampleOf(bytes, i), mirrored, down, right).join() === got ? [`${down} ${right}`] : [],
          ),
        ),
      )
      expect(which.length).toBeGreaterThan(0)
      found.add(which[0]!)
    }
  expect(found.size).toBe(25)
})

test('brightness and contrast stay within their bounds, and reach towards both ends', () => {
  const gray = new Uint8Array(count * sampleSize).fill(100)
  const levels = (augmentation: object) =>
    [0, 1, 2, 3].flatMap(batch => [...augmentBytes(augmentation, shape)(gray, at(0, batch))])
  const lights = levels({ brightness: 0.1 })
  expect([Math.min(...lights), Math.max(...lights)]).toEqual([
    expect.toSatisfy(least => least >= 74 && least < 80),
    expect.toSatisfy(most => most > 120 && most <= 126),
  ])
  // About mid gray, 127.5: from 100 to between 86.25 and 113.75.
  const spreads = levels({ contrast: 0.5 })
  expect([Math.min(...spreads), Math.max(...spreads)]).toEqual([
    expect.toSatisfy(least => least >= 86 && least < 90),
    expect.toSatisfy(most => most > 110 && most <= 114),
  ])
})

test('whatever the amounts: same place, same bytes; the source is left alone; another place has others', () => {
  const share = fc.double({ min: 0.1, max: 0.99, noNaN: true })
  const amounts = fc.record({ flip: fc.boolean(), translate: fc.nat(3), brightness: share, contrast: share })
  const before = bytes.slice()
  fc.assert(
    fc.property(amounts, fc.nat(2 ** 31), fc.nat(1000), fc.nat(1000), (amount, seed, epoch, batch) => {
      const augment = augmentBytes(amount, shape, seed)
      const out = augment(bytes, at(epoch, batch))
      expect(augmentBytes(amount, shape, seed)(bytes, at(epoch, batch))).toEqual(out)
      expect(augment(bytes, at(epoch, batch + 1))).not.toEqual(out)
      expect(augment(bytes, at(epoch + 1, batch))).not.toEqual(out)
      expect(augmentBytes(amount, shape, seed + 1)(bytes, at(epoch, batch))).not.toEqual(out)
      expect(bytes).toEqual(before)
    }),
    { seed: 1, numRuns: 40 },
  )
})

describe('a dataset', () => {
  const read = (indices: Uint32Array) =>
    new Uint8Array(Buffer.concat([...indices].map(i => sampleOf(bytes, i))))
  const dataset = createDataset({ sampleShape: shape, size: count, augment: { flip: true }, read })
  const all = async (options: object) => {
    const batches: unknown[] = []
    for await (const batch of dataset.batches({ size: 10, seed: 5, ...options }))
      batches.push(await seen(batch))
    return batches
  }

  test('goes on with the augmented batches of a run that never stopped', async () => {
    const augment = { flip: true, translate: 1, brightness: 0.2, contrast: 0.2 }
    const whole = await all({ epochs: 2, augment })
    expect(await all({ epochs: 2, augment, position: { epoch: 0, batch: 4 } })).toEqual(whole.slice(4))
    expect(await all({ epochs: 2, augment, position: { epoch: 1, batch: 1 } })).toEqual(whole.slice(7))
  })

  test('augments by its own default, unless it is told otherwise', async () => {
    const plain = await all({ epochs: 1, augment: {} })
    expect(await all({ epochs: 1 })).toEqual(await all({ epochs: 1, augment: { flip: true } }))
    expect(await all({ epochs: 1 })).not.toEqual(plain)
  })
})

test.each<[object, number[], string]>([
  [{ translate: -1 }, shape, 'augment.translate is -1, expected a whole number of at least 0'],
  [{ translate: 1.5 }, shape, 'augment.translate is 1.5'],
  [{ jitter: 1.5 }, shape, 'augment.jitter is 1.5, expected a number from 0 to 1'],
  [{ brightness: 1 }, shape, 'augment.brightness is 1, expected a number from 0 to below 1'],
  [{ contrast: Number.NaN }, shape, 'augment.contrast is NaN'],
  [
    { flip: true },
    [2],
    'augment is for images, [height, width, channels], and these samples have shape [2]: leave it out',
  ],
])('%j of samples %j says what is wrong', (amounts, of, message) => {
  expect(() => augmentBytes(amounts, of)).toThrow(`[gankit/datasets] ${message}`)
})

test('jitter shows a part of a slope, enlarged, of every place about as often', () => {
  const side = 20
  // Two ramps, so that levels tell places: 10 a pixel, to the right and down.
  const ramps = Uint8Array.from({ length: 200 * side * side * 2 }, (_, i) => {
    const pixel = (i >> 1) % (side * side)
    return 10 + 10 * (i % 2 ? Math.floor(pixel / side) : pixel % side)
  })
  const out = augmentBytes({ jitter: 0.25 }, [side, side, 2], 6)(ramps, at(0, 0))
  const starts: number[][] = [[], []]
  for (let i = 0; i < 200; i++) {
    const level = (y: number, x: number, c: number) => out[((i * side + y) * side + x) * 2 + c]!
    for (const c of [0, 1]) {
      const [first, last] = c ? [level(3, 9, c), level(16, 9, c)] : [level(9, 3, c), level(9, 16, c)]
      // 13 pixels of the enlarged picture are 13 / 1.25 of the ramp, within rounding.
      expect(Math.abs(last - first - 104)).toBeLessThanOrEqual(2)
      // Where in the ramp the middle of pixel 3 is, less what it is for a part at the border.
      starts[c]!.push((first - 10) / 10 + 0.5 - 3.5 / 1.25)
    }
  }
  for (const places of starts) {
    expect(Math.min(...places)).toBeGreaterThan(-0.15)
    expect(Math.max(...places)).toBeLessThan(4.15)
    // Uniform on 0 to 4; five standard deviations of the mean of 200 are 0.41.
    expect(Math.abs(places.reduce((total, place) => total + place, 0) / 200 - 2)).toBeLessThan(0.41)
  }
})

test('jitter and flips of two sizes of a picture are of the same part of it', () => {
  const [low, high] = [16, 64]
  const ramp = (side: number) =>
    Uint8Array.from(
      { length: 40 * side * side },
      (_, i) => 20 + Math.round((200 * ((i % side) + 0.5)) / side),
    )
  const augmentation = { jitter: 0.12, flip: true }
  const small = augmentBytes(augmentation, [low, low, 1], 3)(ramp(low), at(2, 5))
  const large = augmentBytes(augmentation, [high, high, 1], 3)(ramp(high), at(2, 5))
  for (let i = 0; i < 40; i++)
    for (let x = 2; x < 14; x++) {
      const between = [1, 2].map(dx => large[(i * high + 32) * high + 4 * x + dx]!)
      expect(Math.abs(small[(i * low + 8) * low + x]! - (between[0]! + between[1]!) / 2)).toBeLessThan(1.6)
    }
})

test('nothing asked for is nothing done, for points too', () => {
  const points = Float32Array.of(1, 2)
  expect(augmentBytes({}, [2])(points, at(0, 0))).toBe(points)
})

test.each([
  ['bytes', (length: number) => new Uint8Array(length), 1],
  ['floats', (length: number) => new Float32Array(length), 2],
  ['whole numbers', (length: number) => new Int32Array(length), 1],
] as const)('image conditions of %s are mirrored and moved with their samples', (_, make, channels) => {
  const condition = { kind: 'image', shape: [height, width, channels] } as const
  const conditions = make(count * height * width * channels)
  // Every channel of a condition has the first channel of its sample.
  for (let i = 0; i < conditions.length; i++) conditions[i] = bytes[3 * Math.floor(i / channels)]!
  const before = conditions.slice()
  const augmentation = { flip: true, translate: 2 }
  const augment = createAugment(augmentation, { sampleShape: shape, condition }, 4)
  const out = augment({ samples: bytes, conditions }, at(0, 1))
  expect(out.samples).toEqual(augmentBytes(augmentation, shape, 4)(bytes, at(0, 1)))
  expect(out.samples).not.toEqual(bytes)
  for (let i = 0; i < conditions.length; i++)
    expect(out.conditions![i]).toBe(out.samples[3 * Math.floor(i / channels)])
  expect(conditions).toEqual(before)
})

test('brightness and contrast leave conditions alone, and so does all augmentation where they are vectors', () => {
  const light = createAugment(
    { brightness: 0.5, contrast: 0.5 },
    { sampleShape: shape, condition: { kind: 'image', shape: [height, width, 3] } },
  )
  const lit = light({ samples: bytes, conditions: bytes }, at(0, 0))
  expect(lit.samples).not.toEqual(bytes)
  expect(lit.conditions).toBe(bytes)
  const vectors = new Float32Array(2 * count).fill(3)
  const flip = createAugment({ flip: true }, { sampleShape: shape, condition: { kind: 'vector', size: 2 } })
  expect(flip({ samples: bytes, conditions: vectors }, at(0, 0)).conditions).toBe(vectors)
})

test('whole numbers, and conditions of another size that would have to move, are refused', () => {
  expect(() => createAugment({ flip: true }, { sampleShape: [5, 6, 3], dtype: 'int32' })).toThrow(
    '[gankit/datasets] augment is for images, and these samples are whole numbers (int32): leave it out',
  )
  const other = { sampleShape: shape, condition: { kind: 'image', shape: [height, 2 * width, 3] } as const }
  expect(() => createAugment({ translate: 1 }, other)).toThrow(
    `[gankit/datasets] augment moves conditions with their samples, and conditions have shape [5,12,3], expected 5×6 as the samples have: leave flip, jitter and translate out`,
  )
  expect(() => createAugment({ brightness: 0.1 }, other)).not.toThrow()
})
