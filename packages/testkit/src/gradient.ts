import * as tf from '@tensorflow/tfjs'

/**
 * The gradient of a scalar function by central differences, one coordinate at a time.
 * @param f takes a tensor of the shape of `at`, gives a scalar
 */
export async function finiteDifference(
  f: (x: tf.Tensor) => tf.Scalar,
  at: tf.Tensor,
  width = 1e-2,
): Promise<Float32Array> {
  const start = await at.data<'float32'>()
  const slope = new Float32Array(start.length)
  for (let i = 0; i < start.length; i++) {
    const value = async (offset: number) => {
      const moved = Float32Array.from(start)
      moved[i]! += offset
      const scalar = tf.tidy(() => f(tf.tensor(moved, at.shape)))
      const [result] = await scalar.data()
      scalar.dispose()
      return result!
    }
    slope[i] = ((await value(width)) - (await value(-width))) / (2 * width)
  }
  return slope
}
