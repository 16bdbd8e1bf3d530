import type { Forward } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type Initializer, normal, type SeededOptions } from './initializers.ts'

/** The power iteration's estimate of the singular vectors of a matrix that belong to its largest singular value. */
export interface SingularVectors {
  /** [out] */
  readonly u: tf.LayerVariable
  /** [rows] */
  readonly v: tf.LayerVariable
}

type AddWeight = (name: string, shape: number[], initializer: Initializer) => tf.LayerVariable

/**
 * Singular vectors for a kernel, as PyTorch starts them: u standard normal, then 15 iterations, so that the first
 * forward pass, and inference without any training, divide by nearly the right number.
 * @param matrix [rows, out]
 * @param addWeight makes a weight that isn't trained
 * @param prefix before the names `u` and `v`
 */
export function startSingularVectors(
  matrix: tf.Tensor,
  addWeight: AddWeight,
  { seed, purpose }: SeededOptions,
  prefix = '',
): SingularVectors {
  const [rows, out] = matrix.shape as [number, number]
  const vectors = {
    u: addWeight(`${prefix}u`, [out], normal({ seed, purpose: `${purpose}/${prefix}u`, std: 1 })),
    v: addWeight(`${prefix}v`, [rows], tf.initializers.zeros()),
  }
  tf.tidy(() => void vectors.v.write(normalized(tf.matMul(matrix, vectors.u.read().reshape([out, 1])))))
  for (let i = 0; i < 15; i++) movePowerIteration(matrix, vectors)
  return vectors
}

/** Whether a forward pass moves what a layer keeps of its training: the rule of batch norm's running statistics. */
export function movesStatistics({ training = false, moveStatistics = true }: Forward): boolean {
  return training && moveStatistics
}

/**
 * A kernel divided by its largest singular value σ = uᵀWv (Miyato et al. 2018, arXiv 1802.05957), W = matrixᵀ. With
 * `moves` one step of the power iteration comes first. u and v are read from weights that the tape doesn't follow, so
 * that they are constants to every gradient, as in PyTorch: σ's is u·vᵀ.
 * @param kernel of any shape
 * @param matrix [rows, out], the same numbers
 * @returns of the kernel's shape
 */
export function divideBySpectralNorm(
  kernel: tf.Tensor,
  matrix: tf.Tensor,
  vectors: SingularVectors,
  moves: boolean,
): tf.Tensor {
  if (moves) movePowerIteration(matrix, vectors)
  const sigma = tf
    .matMul(vectors.v.read().reshape([1, -1]), matrix)
    .reshape([-1])
    .mul(vectors.u.read())
    .sum()
  return kernel.div(sigma)
}

/** u ← Wv/‖Wv‖, then v ← Wᵀu/‖Wᵀu‖, in PyTorch's order. Neither product transposes the matrix. */
function movePowerIteration(matrix: tf.Tensor, { u, v }: SingularVectors): void {
  tf.tidy(() => {
    u.write(normalized(tf.matMul(v.read().reshape([1, -1]), matrix)))
    v.write(normalized(tf.matMul(matrix, u.read().reshape([-1, 1]))))
  })
}

function normalized(vector: tf.Tensor): tf.Tensor {
  return vector.div(vector.square().sum().sqrt().maximum(1e-12)).reshape([-1])
}
