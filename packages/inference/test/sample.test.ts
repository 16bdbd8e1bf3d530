import {
  conditionShape,
  forward,
  type Generator,
  generate,
  normalPrior,
  randomStream,
  sampleLatent,
  uniformPrior,
} from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  drawConditions,
  drawInputs,
  drawNoise,
  drawSamples,
  type GivenInputs,
  hasDrawnInputs,
  sample,
  samplePieces,
} from '../src/index.ts'
import { attributes, faces, images, points, sentences, translator } from './generators.ts'

test('noise of a seed is the first of its stream, however it is drawn', async () => {
  for (const prior of [normalPrior(1, 2), uniformPrior(-1, 1)]) {
    const noise = { size: 3, prior }
    const random = randomStream(9, 'samples/latent')
    const inPieces: number[] = []
    for (const count of [100, 100, 51]) {
      const piece = sampleLatent(noise, count, random)
      inPieces.push(...(await piece.data()))
      piece.dispose()
    }
    expect([...drawNoise({ noise }, 251, 9)]).toEqual(inPieces)
    expect([...drawNoise({ noise }, 5, 9)]).toEqual(inPieces.slice(0, 15))
  }
})

test('samples of given noise are those of the generator, more than go through it at once too', async () => {
  const generator = points()
  const drawn = await sample(generator, drawInputs(generator, 230, 2))
  expect(drawn).toEqual(await drawSamples(generator, 230, 2))
  expect([drawn.sampleShape, drawn.samples.length, drawn.count]).toEqual([[2], 460, 230])
  const [, , third] = Array.from({ length: 3 }, (_, i) => drawn.samples.slice(i * 2, i * 2 + 2))
  const alone = await sample(generator, { noise: drawNoise(generator, 3, 2).subarray(6), count: 1 })
  for (const [i, value] of alone.samples.entries()) expect(value).toBeCloseTo(third![i]!, 6)
})

test('without a condition they are, bit for bit, the model’s of pieces of 100 rows of noise', async () => {
  const generator = points()
  const numbers: number[] = []
  const random = randomStream(7, 'samples/latent')
  for (const count of [100, 100, 30]) {
    const made = tf.tidy(() => forward(generator.model, sampleLatent(generator.noise!, count, random)))
    numbers.push(...(await made.data()))
    made.dispose()
  }
  expect([...(await drawSamples(generator, 230, 7)).samples]).toEqual(numbers)
})

test('categories are drawn by their shares, the first ones whatever the count', () => {
  const generator = faces()
  const drawn = Float32Array.from(drawConditions(generator, 4000, 3))
  expect([...drawConditions(generator, 7, 3)]).toEqual([...drawn.subarray(0, 35)])
  const shares = Array.from(
    { length: 5 },
    (_, i) => drawn.filter((_, at) => at % 5 === i).reduce((a, b) => a + b) / 4000,
  )
  // 4 deviations of a share of 4,000 are at most 0.032.
  for (const [i, share] of [...attributes[0]!.shares!, 0.5, 0.5].entries())
    expect(Math.abs(shares[i]! - share)).toBeLessThan(0.032)
})

test('tokens are drawn from their examples, where they have some', () => {
  const examples = [
    [2, 3, 0],
    [4, 0, 0],
    [5, 6, 7],
  ]
  const tokens = { kind: 'tokens', length: 3, vocabulary: 8 } as const
  expect(hasDrawnInputs({ condition: tokens })).toBe(false)
  const condition = { ...tokens, examples }
  expect(hasDrawnInputs({ condition })).toBe(true)
  const drawn = drawConditions({ condition }, 300, 3)
  expect(drawn).toBeInstanceOf(Int32Array)
  const rows = Array.from({ length: 300 }, (_, i) => [...drawn.subarray(3 * i, 3 * i + 3)].join())
  expect(new Set(rows)).toEqual(new Set(examples.map(tokens => tokens.join())))
  expect([...drawConditions({ condition }, 2, 3)]).toEqual([...drawn.subarray(0, 6)])
})

/** Each kind of generator, and what it is given. */
const kinds: readonly (readonly [string, Generator, GivenInputs])[] = [
  ['noise', points(), {}],
  ['noise and categories', faces(), {}],
  ['images', translator(), { condition: images(130) }],
  ['no input', sentences(), {}],
  ['a vector', sentences(true), { condition: randomStream(1, 'test/vectors').normal(260) }],
]

test.each(kinds)('from %s: pieces are as one pass', async (_, generator, given) => {
  const inputs = drawInputs(generator, 130, 4, given)
  const { samples, count } = await sample(generator, inputs, { seed: 4 })
  const size = samples.length / count
  const tokens = randomStream(4, 'samples/tokens')
  const whole = tf.tidy(() =>
    generate(
      generator,
      {
        ...(inputs.noise && { noise: tf.tensor2d(inputs.noise, [130, 3]) }),
        ...(inputs.condition && {
          condition: tf.tensor(inputs.condition, [130, ...conditionShape(generator.condition!)]),
        }),
      },
      { count: 130, random: () => tokens },
    ),
  )
  const expected = await whole.data()
  whole.dispose()
  expect(samples.length).toBe(expected.length)
  for (const [i, value] of samples.entries()) expect(value).toBeCloseTo(expected[i]!, 6)
  expect(samples).toBeInstanceOf(generator.output ? Int32Array : Float32Array)
  const pieces = [...samplePieces(generator, inputs, { seed: 4 })]
  expect(pieces.map(({ shape }) => shape)).toEqual([100, 30].map(n => [n, ...generator.sampleShape]))
  const numbers = (await Promise.all(pieces.map(piece => piece.data()))).flatMap(piece => [...piece])
  expect(numbers).toEqual([...samples])
  tf.dispose(pieces)
  // The first samples are the same whatever the count.
  const few = await drawSamples(
    generator,
    5,
    4,
    given.condition && { condition: given.condition.subarray(0, 5 * (given.condition.length / 130)) },
  )
  for (const [i, value] of few.samples.entries()) expect(value).toBeCloseTo(samples[i]!, 6)
  expect(few.samples.length).toBe(5 * size)
})

test('another seed draws other tokens, and a temperature near 0 the likeliest ones', async () => {
  const generator = sentences()
  const draw = async (seed: number, temperature?: number) => [
    ...(await sample(generator, { count: 20 }, { seed, ...(temperature && { temperature }) })).samples,
  ]
  expect(await draw(1)).toEqual(await draw(1))
  expect(await draw(1)).not.toEqual(await draw(2))
  const likeliest = await draw(1, 1e-4)
  expect(likeliest).toEqual(Array(20).fill(likeliest.slice(0, 3)).flat())
})

test('no tensor leaks', async () => {
  for (const [, generator, given] of kinds) {
    const before = tf.memory().numTensors
    await drawSamples(generator, 130, 0, given)
    expect(tf.memory().numTensors).toBe(before)
  }
})

test.each<[string, () => unknown, string]>([
  [
    'a condition that can’t be drawn',
    () => drawInputs(translator(), 2, 0),
    'condition (image) is not given, expected [2, 4, 4, 1]',
  ],
  [
    'noise of no use',
    () => drawInputs(translator(), 1, 0, { noise: new Float32Array(3), condition: images(1) }),
    'the inputs of 1 samples have 3 numbers of noise, expected none',
  ],
  [
    'half a condition',
    () => drawInputs(translator(), 2, 0, { condition: images(1) }),
    'have 16 numbers of condition, expected 2 × 16',
  ],
  [
    'a missing condition',
    () => samplePieces(faces(), { noise: new Float32Array(3), count: 1 }),
    'have no condition, expected 1 × 5',
  ],
  [
    'half a sample',
    () => drawInputs(points(), 1.5, 0),
    'count is 1.5, expected a whole number of at least 0',
  ],
  ['noise of a translator', () => drawNoise(translator(), 1, 0), 'the generator takes no noise'],
  [
    'categories of points',
    () => drawConditions(points(), 1, 0),
    'the generator takes no condition, expected categories',
  ],
  [
    'a temperature of 0',
    () => samplePieces(sentences(), { count: 1 }, { temperature: 0 }),
    'temperature is 0, expected a finite number above 0',
  ],
])('%s is refused', (_, draw, message) => {
  expect(draw).toThrow('[gankit/inference] ')
  expect(draw).toThrow(message)
})
