import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { type Generator, generate, normalPrior, randomStream, sampleTokens } from '../src/index.ts'

/** A model of noise and an image: their product. */
function twoInputs(): Generator {
  const noise = tf.input({ shape: [1] })
  const image = tf.input({ shape: [2, 2, 1] })
  const scale = tf.layers.reshape({ targetShape: [1, 1, 1] }).apply(noise) as tf.SymbolicTensor
  const output = tf.layers.multiply().apply([scale, image]) as tf.SymbolicTensor
  return {
    model: tf.model({ inputs: [noise, image], outputs: output }),
    noise: { size: 1, prior: normalPrior() },
    condition: { kind: 'image', shape: [2, 2, 1] },
    sampleShape: [2, 2, 1],
  }
}

/** A model whose logits at each place are the same row of a table, whatever came before. */
function table(rows: readonly number[][]): Generator {
  const [length, vocabulary] = [rows.length, rows[0]!.length]
  const tokens = tf.input({ shape: [length], dtype: 'int32' })
  const embedded = tf.layers
    .embedding({ inputDim: vocabulary, outputDim: vocabulary, embeddingsInitializer: 'zeros' })
    .apply(tokens) as tf.SymbolicTensor
  const flat = tf.layers.flatten().apply(embedded) as tf.SymbolicTensor
  const dense = tf.layers
    .dense({
      units: length * vocabulary,
      weights: [tf.zeros([length * vocabulary, length * vocabulary]), tf.tensor1d(rows.flat())],
    })
    .apply(flat) as tf.SymbolicTensor
  const output = tf.layers.reshape({ targetShape: [length, vocabulary] }).apply(dense) as tf.SymbolicTensor
  return {
    model: tf.model({ inputs: tokens, outputs: output }),
    sampleShape: [length],
    output: { kind: 'sequence', length, vocabulary, start: 0 },
  }
}

test('a generator takes noise and condition by name', async () => {
  const generator = twoInputs()
  const made = generate(generator, {
    condition: tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]),
    noise: tf.tensor2d([[2]]),
  })
  expect([...(await made.data())]).toEqual([2, 4, 6, 8])
})

test('an input that is missing, too much or of another shape is named', () => {
  const generator = twoInputs()
  expect(() => generate(generator, { noise: tf.zeros([1, 1]) })).toThrow(
    'a generator got no condition, expected [n, 2, 2, 1]',
  )
  expect(() => generate(generator, { noise: tf.zeros([1, 3]), condition: tf.zeros([1, 2, 2, 1]) })).toThrow(
    'a generator got noise of [1, 3], expected [n, 1]',
  )
  expect(() => generate(table([[1, 2]]), {})).toThrow('say how many to make')
})

// P(token) = softmax(ln 1, ln 2, ln 5) = 1/8, 2/8, 5/8.
test('tokens are drawn from the softmax of their logits', async () => {
  const n = 8_000
  const logits = [0, Math.LN2, Math.log(5)]
  const rows = tf.tidy(() => tf.tile(tf.tensor2d([logits]), [n, 1])) as tf.Tensor2D
  const drawn = await sampleTokens(rows, tf.tensor2d(randomStream(1, 'test').uniform(n), [n, 1])).data()
  for (const [token, share] of [1 / 8, 2 / 8, 5 / 8].entries())
    expect(Math.abs(drawn.filter(each => each === token).length / n - share)).toBeLessThan(
      4 * Math.sqrt((share * (1 - share)) / n),
    )
})

test('a temperature near 0 takes the likeliest token, and the numbers come from the stream alone', async () => {
  const generator = table([
    [0, 1, 3],
    [2, 0, 1],
  ])
  const draw = async (temperature: number) => {
    const made = generate(
      generator,
      {},
      { count: 4, temperature, random: purpose => randomStream(5, purpose) },
    )
    expect([made.shape, made.dtype]).toEqual([[4, 2], 'int32'])
    return [...(await made.data())]
  }
  expect(await draw(1e-3)).toEqual([2, 0, 2, 0, 2, 0, 2, 0])
  expect(await draw(1)).toEqual(await draw(1))
})

test('no tensor leaks', () => {
  const generator = table([[0, 1]])
  const before = tf.memory().numTensors
  generate(generator, {}, { count: 2 }).dispose()
  expect(tf.memory().numTensors).toBe(before)
})
