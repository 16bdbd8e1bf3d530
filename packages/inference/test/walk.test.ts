import { type Latent, normalPrior, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { arrangeWalk, drawInputs, drawNoise, drawSamples, drawWalk, walkInputs } from '../src/index.ts'
import { faces, images, points, sentences, translator } from './generators.ts'

const normal = { size: 16, prior: normalPrior() }
const uniform = { size: 16, prior: uniformPrior(-1, 1) }

/** The noise of a frame. */
function noiseOf(noise: Latent, stops: Float32Array, walk: Parameters<typeof walkInputs>[2], frame: number) {
  const inputs = { noise: stops, count: stops.length / noise.size }
  return walkInputs({ noise, sampleShape: [2] }, inputs, walk, frame).noise!
}

test('a normal prior has great circles: angle by angle, as two axes give them', () => {
  const shape = { count: 2, stops: 3, frames: 5 }
  const latents = drawNoise({ noise: normal }, 6, 3)
  const rowOf = (values: Float32Array, row: number) => [...values.subarray(row * 16, (row + 1) * 16)]
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
  for (let frame = 0; frame < 15; frame++)
    for (const path of [0, 1]) {
      const stop = Math.floor(frame / 5)
      const [a, b] = [stop, (stop + 1) % 3].map(stop => rowOf(latents, 2 * stop + path)) as [
        number[],
        number[],
      ]
      // Axes of the plane through a, b and 0, and b's angle in it.
      const [radiusA, radiusB] = [Math.hypot(...a), Math.hypot(...b)]
      const first = a.map(value => value / radiusA)
      const rest = b.map((value, i) => value - dot(b, first) * first[i]!)
      const second = rest.map(value => value / Math.hypot(...rest))
      const angle = Math.atan2(dot(b, second), dot(b, first))
      const [t, place] = [(frame % 5) / 5, rowOf(noiseOf(normal, latents, shape, frame), path)]
      expect(dot(place, second)).toBeCloseTo(radiusB * Math.sin(t * angle), 5)
      const along = radiusA * Math.sin((1 - t) * angle) + radiusB * Math.sin(t * angle) * Math.cos(angle)
      expect(dot(place, first)).toBeCloseTo(along / Math.sin(angle), 5)
      expect(Math.hypot(dot(place, first), dot(place, second))).toBeCloseTo(Math.hypot(...place), 5)
    }
})

test('paths are closed: from the last frame to the first it is a step like the others', () => {
  const shape = { count: 3, stops: 4, frames: 6 }
  const latents = drawNoise({ noise: uniform }, 12, 1)
  const at = (frame: number) => noiseOf(uniform, latents, shape, frame)
  expect(at(24)).toEqual(at(0))
  const step = (frame: number) => at(frame + 1).map((value, i) => value - at(frame)[i]!)
  for (const [i, value] of step(23).entries()) expect(value).toBeCloseTo(step(22)[i]!, 6)
})

test('a condition goes along a line, tokens change half way', () => {
  const generator = faces()
  const walk = { count: 2, stops: 2, frames: 4 }
  const stops = drawInputs(generator, 4, 5)
  const frame = walkInputs(generator, stops, walk, 1)
  const [from, to] = [0, 10].map(start => stops.condition!.subarray(start, start + 10))
  for (const [i, value] of frame.condition!.entries())
    expect(value).toBeCloseTo(0.75 * from![i]! + 0.25 * to![i]!, 6)
  expect(frame.noise!.length).toBe(6)

  const captions = { condition: { kind: 'tokens', length: 2, vocabulary: 9 } as const, sampleShape: [2] }
  const tokens = { condition: Int32Array.of(1, 2, 3, 4), count: 2 }
  const at = (frame: number) =>
    walkInputs(captions, tokens, { count: 1, stops: 2, frames: 4 }, frame).condition
  expect([0, 1, 2, 3, 6].map(at)).toEqual(
    [
      [1, 2],
      [1, 2],
      [3, 4],
      [3, 4],
      [1, 2],
    ].map(pair => Int32Array.from(pair)),
  )
})

test('frames are drawn, first the first samples of the seed, and laid out with each path as a row', async () => {
  const generator = faces()
  const walk = { count: 2, stops: 2, frames: 3 }
  const frames = await drawWalk(generator, walk, 6)
  const { samples } = await drawSamples(generator, 4, 6)
  expect(frames.map(({ count }) => count)).toEqual(Array(6).fill(2))
  for (const [frame, start] of [
    [0, 0],
    [3, 8],
  ] as const)
    for (const [i, value] of frames[frame]!.samples.entries())
      expect(value).toBeCloseTo(samples[start + i]!, 6)
  const grid = arrangeWalk(frames)
  expect([grid.columns, grid.sampleShape, grid.samples.length]).toEqual([6, [2, 2, 1], 2 * 6 * 4])
  for (const [frame, { samples }] of frames.entries())
    for (const path of [0, 1])
      expect(grid.samples.slice((path * 6 + frame) * 4, (path * 6 + frame + 1) * 4)).toEqual(
        samples.slice(path * 4, path * 4 + 4),
      )
})

test('without noise it goes from one given image to another', async () => {
  const given = { condition: images(2) }
  const [first, , half] = await drawWalk(translator(), { count: 1, stops: 2, frames: 4 }, 0, given)
  expect(first).toEqual(await drawSamples(translator(), 1, 0, { condition: images(1) }))
  expect(half).not.toEqual(first)
})

test.each<[string, () => Promise<unknown>, string]>([
  [
    'one stop',
    () => drawWalk(points(), { count: 1, stops: 1, frames: 2 }, 0),
    'stops is 1, expected a whole number of at least 2',
  ],
  ['no frame', () => drawWalk(points(), { count: 1, stops: 2, frames: 0 }, 0), 'frames is 0'],
  [
    'nothing to walk along',
    () => drawWalk(sentences(), { count: 1, stops: 2, frames: 2 }, 0),
    'takes neither noise nor a condition',
  ],
  [
    'other stops',
    async () => walkInputs(points(), drawInputs(points(), 3, 0), { count: 1, stops: 2, frames: 2 }, 0),
    'a walk got inputs of 3 samples, expected 2 stops of 1 paths',
  ],
  [
    'a row of sentences',
    async () => arrangeWalk([await drawSamples(sentences(), 1, 0)]),
    'samples are tokens',
  ],
])('%s is refused', async (_, draw, message) => {
  await expect(draw()).rejects.toThrow(message)
})
