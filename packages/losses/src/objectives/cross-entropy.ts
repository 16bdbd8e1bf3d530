import * as tf from '@tensorflow/tfjs'

// With D = sigmoid(l): log D = −softplus(−l) and log(1 − D) = −softplus(l), finite for every finite logit l.

/** E log D over all logits → scalar */
export function meanLogReal(logits: tf.Tensor): tf.Scalar {
  return logits.neg().softplus().mean().neg() as tf.Scalar
}

/** E log(1 − D) over all logits → scalar */
export function meanLogFake(logits: tf.Tensor): tf.Scalar {
  return logits.softplus().mean().neg() as tf.Scalar
}

/** Cross entropy with real = 1 and fake = 0: −E log D(x) − E log(1 − D(G(z))) */
export function crossEntropy(real: tf.Tensor, fake: tf.Tensor): tf.Scalar {
  return tf.tidy(() => meanLogReal(real).add(meanLogFake(fake)).neg() as tf.Scalar)
}
