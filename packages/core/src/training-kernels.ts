import * as tf from '@tensorflow/tfjs'

/**
 * Kernels that TensorFlow.js lacks and a backend may bring, each for what would else be many passes over memory.
 * Whoever uses one asks `hasTrainingKernel` first and composes the same result from ordinary operations where the
 * backend has none. `@gankit/runtime` registers them.
 *
 * | kernel          | inputs                            | attributes                  | outputs                    |
 * | --------------- | --------------------------------- | --------------------------- | -------------------------- |
 * | `AdamUpdate`    | weight, m, v, gradient: one shape | rate, beta1, beta2, epsilon, consume | weight, m, v      |
 * | `BatchNorm`     | x [rows, c], gamma, beta [c]      | epsilon                     | y, mean, variance (biased) |
 * | `BatchNormGrad` | dy, x [rows, c], gamma, mean, variance [c] | epsilon            | dx, dgamma, dbeta          |
 * | `InstanceNorm`  | x [n, rows, c], gamma, beta [n, c] | epsilon                    | y, mean, variance (biased) |
 * | `InstanceNormGrad` | dy, x [n, rows, c], gamma, mean, variance [n, c] | epsilon   | dx, dgamma, dbeta          |
 * | `LeakyReluGrad` | dy, x: one shape                  | alpha                       | dx                         |
 * | `ReflectionPadGrad` | dy [n, h, w, c]            | top, bottom, left, right    | dx                         |
 * | `SquaredSum`    | x: any shape                      |                             | Σx², a scalar              |
 *
 * - `AdamUpdate`: m' = β1·m + (1 − β1)·g; v' = β2·v + (1 − β2)·g²; weight' = weight − rate·m' / (√v' + ε). The
 *   caller has put the corrections of the bias into rate and ε. With `consume` 1 the caller gives weight, m and v up:
 *   their memory may be used for the outputs, and afterwards they can only be disposed of.
 * - `BatchNorm`: y = γ·(x − mean) / √(variance + ε) + β over the rows.
 * - `BatchNormGrad`: the gradient of all that, through mean and variance too, as in Ioffe and Szegedy 2015.
 * - `InstanceNorm`, `InstanceNormGrad`: the same for each of n images, which has a scale and a shift of its own.
 * - `LeakyReluGrad`: dy where x > 0, else α·dy.
 * - `ReflectionPadGrad`: the gradient of `tf.mirrorPad(x, [[0, 0], [top, bottom], [left, right], [0, 0]], 'reflect')`.
 */
export type TrainingKernel =
  | 'AdamUpdate'
  | 'BatchNorm'
  | 'BatchNormGrad'
  | 'InstanceNorm'
  | 'InstanceNormGrad'
  | 'LeakyReluGrad'
  | 'ReflectionPadGrad'
  | 'SquaredSum'

/** Whether the backend that runs now brings this kernel. */
export function hasTrainingKernel(name: TrainingKernel): boolean {
  return tf.getKernel(name, tf.getBackend()) != null
}

/** Runs a kernel that the backend has. @returns its outputs, in the table's order, which the caller owns */
export function runTrainingKernel(
  name: TrainingKernel,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: Readonly<Record<string, number>>,
): tf.Tensor[] {
  const outputs = tf.engine().runKernel(name, { ...inputs } as tf.NamedTensorMap, { ...attributes })
  return Array.isArray(outputs) ? outputs : [outputs]
}

/**
 * Whether reading a scalar of the backend that runs now waits for work queued on a GPU. Such a read should come a step
 * later than the work, so that no step waits.
 */
export function readsAreAsync(): boolean {
  return ['webgl', 'webgpu'].includes(tf.getBackend())
}
