import type { Generator } from '@gankit/core'
import { randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** By then the first directions of a matrix as small as these have settled. */
const maxRounds = 300

/**
 * The directions of noise along which the first dense layer changes most: the eigenvectors of W·Wᵀ of the largest eigenvalues
 * (Shen and Zhou 2021, "Closed-form factorization of latent semantics in GANs", arXiv 2007.06600). Where no dense layer takes the noise they
 * are its first numbers, one each.
 * @returns `count` directions of length 1, or as many as there are numbers
 */
export async function findDirections(generator: Generator, count: number): Promise<Float32Array[]> {
  const size = generator.noise!.size
  const wanted = Math.min(count, size)
  const products = await multiplyWeights(generator, size)
  return products
    ? findEigenvectors(products, size, wanted)
    : Array.from({ length: wanted }, (_, i) => new Float32Array(size).fill(1, i, i + 1))
}

/** W·Wᵀ of the rows that noise comes into. [size, size] */
async function multiplyWeights({ model }: Generator, size: number): Promise<Float32Array | undefined> {
  const dense = model.layers.find(layer => layer.getClassName() === 'Dense')
  const kernel = dense?.getWeights()[0]
  // Noise comes before the condition, where both go in as one.
  if (!kernel || kernel.shape[0]! < size) return undefined
  const products = tf.tidy(() => {
    const rows = tf.slice(kernel as tf.Tensor2D, [0, 0], [size, -1])
    return tf.matMul(rows, rows, false, true)
  })
  const numbers = (await products.data<'float32'>()).slice()
  products.dispose()
  return numbers
}

/**
 * Eigenvectors of the largest eigenvalues of a symmetric matrix, by orthogonal iteration.
 * @param matrix [size, size], row-major, without negative eigenvalues
 */
export function findEigenvectors(matrix: Float32Array, size: number, count: number): Float32Array[] {
  let vectors = Array.from({ length: count }, (_, i) =>
    Float64Array.from(randomStream(0, 'studio/directions', i).normal(size)),
  )
  orthonormalize(vectors)
  for (let round = 0; round < maxRounds; round++) {
    vectors = vectors.map(vector =>
      Float64Array.from({ length: size }, (_, row) => {
        let sum = 0
        for (let i = 0; i < size; i++) sum += matrix[row * size + i]! * vector[i]!
        return sum
      }),
    )
    orthonormalize(vectors)
  }
  return vectors.map(vector => Float32Array.from(vector))
}

/** Gram and Schmidt, in place. */
function orthonormalize(vectors: readonly Float64Array[]): void {
  for (const [n, vector] of vectors.entries()) {
    for (const before of vectors.slice(0, n)) {
      const along = dot(vector, before)
      for (let i = 0; i < vector.length; i++) vector[i]! -= along * before[i]!
    }
    const length = Math.sqrt(dot(vector, vector))
    for (let i = 0; i < vector.length; i++) vector[i]! /= length
  }
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
