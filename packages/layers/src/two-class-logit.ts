import * as tf from '@tensorflow/tfjs'
import { checkRows, type LayerOptions } from './options.ts'

/**
 * Closes a discriminator that ends in a softmax over two classes, fake and real: softmax(l)_real equals the sigmoid of
 * l_real − l_fake, so that difference is the one logit that objectives take.
 *
 * [n, 2], logits of fake and of real → [n, 1]
 * @throws GankitError for input of another shape
 */
export function twoClassLogit(options: LayerOptions = {}): tf.layers.Layer {
  return new TwoClassLogit(options)
}

class TwoClassLogit extends tf.layers.Layer {
  static readonly className = '@gankit/layers>TwoClassLogit'

  constructor(options: LayerOptions) {
    super(options)
    // The default name is made from the class name, whose '@' and '>' tfjs forbids in names.
    this.name = options.name ?? `two_class_logit_${this.id}`
  }

  override build(inputShape: tf.Shape): void {
    checkRows('twoClassLogit', inputShape, 2)
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    return tf.tidy(() => {
      const [fake, real] = input.split(2, 1) as [tf.Tensor, tf.Tensor]
      return real.sub(fake)
    })
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [inputShape[0]!, 1]
  }
}

tf.serialization.registerClass(TwoClassLogit)
