import type { Forward } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type Initializer, normal, type SeededOptions } from './initializers.ts'

/** The power iteration's estimate of the two singular vectors of a matrix's largest singular value. */
export interface SingularVectors {
  /** [out] */
  readonly u: tf.LayerVariable
  /** [rows] */
  readonly v: tf.LayerVariable
}

type AddWeight = (name: string, shape: number[], initializer: Initializer) => tf.LayerVariable

/**
 * Makes the singular vectors of a kernel as PyTorch does: u standard normal, then 15 iterations, so that the first forward
 * pass, and inference without any training, divide by nearly the right number.
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
  tf.tidy(() => void vectors.v.write(normalizeVector(tf.matMul(matrix, vectors.u.read().reshape([out, 1])))))
  for (let i = 0; i < 15; i++) iteratePower(matrix, vectors)
  return vectors
}

/** Whether a forward pass updates a layer's running state: the rule of batch norm's running statistics. */
export function updatesStatistics({ training = false, moveStatistics = true }: Forward): boolean {
  return training && moveStatistics
}

/**
 * A kernel divided by its largest singular value σ = uᵀWv (Miyato et al. 2018, arXiv 1802.05957), W = matrixᵀ. With
 * `updates`, one step of the power iteration comes first. The tape doesn't follow the weights u and v, so they are
 * constants to every gradient, as in PyTorch: the gradient of σ is u·vᵀ.
 * @param kernel of any shape
 * @param matrix [rows, out], the same numbers
 * @returns of the kernel's shape
 */
export function divideBySpectralNorm(
  kernel: tf.Tensor,
  matrix: tf.Tensor,
  vectors: SingularVectors,
  updates: boolean,
): tf.Tensor {
  if (updates) iteratePower(matrix, vectors)
  const sigma = tf
    .matMul(vectors.v.read().reshape([1, -1]), matrix)
    .reshape([-1])
    .mul(vectors.u.read())
    .sum()
  return kernel.div(sigma)
}

/** u ← Wv/‖Wv‖, then v ← Wᵀu/‖Wᵀu‖, in PyTorch's order. Neither product transposes the matrix. */
function iteratePower(matrix: tf.Tensor, { u, v }: SingularVectors): void {
  tf.tidy(() => {
    u.write(normalizeVector(tf.matMul(v.read().reshape([1, -1]), matrix)))
    v.write(normalizeVector(tf.matMul(matrix, u.read().reshape([-1, 1]))))
  })
}

function normalizeVector(vector: tf.Tensor): tf.Tensor {
  return vector.div(vector.square().sum().sqrt().maximum(1e-12)).reshape([-1])
}
