import { activations } from './activations.ts'
import { arithmetic } from './arithmetic.ts'
import { convolution } from './convolution.ts'
import { pooling } from './pooling.ts'
import { rearrangement } from './rearrangement.ts'
import { resizing } from './resize.ts'
import { registerRule } from './rule.ts'
import { skipUnneededGradients } from './skip-unneeded.ts'
import { fixTape } from './tape.ts'

/**
 * Makes the gradients of tfjs right to the second order, on every backend, so that gradient penalties (WGAN-GP, R1)
 * train what they should: exp, tanh, sigmoid, softmax, leakyRelu, prelu, elu, selu, maximum, minimum, clipByValue,
 * max, min, pooling, resizing, tf.where and the like, and every custom gradient that saves its output. First-order
 * gradients that tfjs gets wrong are mended too: resizing, average pooling with padding, mirrored padding. And layers
 * compute no gradients that nobody asked for.
 *
 * It changes tfjs for the whole process and can't be undone. Call it once, before or after the backend starts; a
 * second call changes nothing.
 * @throws GankitError when this version of tfjs records gradients in an unknown way
 */
export function patchGradients(): void {
  fixTape()
  skipUnneededGradients()
  for (const rule of [
    ...activations,
    ...arithmetic,
    ...convolution,
    ...pooling,
    ...rearrangement,
    ...resizing,
  ])
    registerRule(rule)
}
