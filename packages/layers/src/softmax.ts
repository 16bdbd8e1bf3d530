import * as tf from '@tensorflow/tfjs'

/**
 * Softmax over the last axis, with a gradient that can be differentiated again: tf.softmax's is silently wrong.
 * The custom gradient is made call by call: one made when this module loads would be unknown to a tape that is mended
 * later.
 */
export function softmax(x: tf.Tensor): tf.Tensor {
  const apply = tf.customGrad((x, save) => {
    ;(save as tf.GradSaveFunc)([x as tf.Tensor])
    return {
      value: tf.softmax(x as tf.Tensor),
      gradFunc(dy, [x]) {
        const y = softmax(x!)
        const weighed = dy.mul(y)
        return weighed.sub(y.mul(weighed.sum(-1, true)))
      },
    }
  })
  return apply(x)
}
