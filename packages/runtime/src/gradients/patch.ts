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
 * Corrects the gradients of tfjs to the second order, on every backend, which gradient penalties (WGAN-GP, R1) need: exp, tanh, sigmoid, softmax, leakyRelu, prelu, elu, selu, maximum, minimum, clipByValue,
 * max, min, pooling, resizing, tf.where and the like, and every custom gradient that saves its output. It also corrects
 * first-order gradients that tfjs gets wrong (resizing, average pooling with padding, mirrored padding), and makes layers
 * skip unneeded gradients.
 *
 * The call changes tfjs for the whole process and can't be undone. Call it once, before or after the backend starts; a
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
