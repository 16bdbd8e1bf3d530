import * as tf from '@tensorflow/tfjs'

/** A convolution with 'same' padding and a ReLU behind it. */
export interface Convolution {
  readonly filters: number
  /** Pixels a side of its window. */
  readonly window: number
  readonly stride: 1 | 2
  /** Whether the largest of each 2×2 outputs goes on alone. */
  readonly pool?: true
}

/** A small classifier: convolutions, one dense layer of features with a ReLU, one dense layer of logits. */
export interface ConvNet {
  /** The shape of one image, [height, width, channels]. */
  readonly imageShape: readonly [number, number, number]
  readonly convolutions: readonly Convolution[]
  readonly features: number
  readonly logits: number
}

export type Weights<T extends tf.Tensor = tf.Tensor> = ReadonlyMap<string, T>

/** Name and shape of each weight, in the order in which they are stored. */
export function weightShapes({ imageShape, convolutions, features, logits }: ConvNet): Map<string, number[]> {
  const shapes = new Map<string, number[]>()
  const add = (layer: string, kernel: number[]) =>
    shapes.set(`${layer}/kernel`, kernel).set(`${layer}/bias`, kernel.slice(-1))
  let [height, width, channels] = imageShape
  for (const [i, { filters, window, stride, pool }] of convolutions.entries()) {
    add(`conv_${i + 1}`, [window, window, channels, filters])
    channels = filters
    height = pooled(Math.ceil(height / stride), pool)
    width = pooled(Math.ceil(width / stride), pool)
  }
  add('features', [height * width * channels, features])
  add('logits', [features, logits])
  return shapes
}

function pooled(side: number, pool: true | undefined): number {
  return pool ? Math.floor(side / 2) : side
}

/** @param images [n, …imageShape] in [−1, 1]. @returns [n, features], from 0 up */
export function featuresOfNet(net: ConvNet, weights: Weights, images: tf.Tensor4D): tf.Tensor2D {
  return tf.tidy(() => {
    let x = images
    for (const [i, { stride, pool }] of net.convolutions.entries()) {
      const kernel = weights.get(`conv_${i + 1}/kernel`) as tf.Tensor4D
      x = tf.relu(tf.add(tf.conv2d(x, kernel, stride, 'same'), weights.get(`conv_${i + 1}/bias`)!))
      if (pool) x = tf.maxPool(x, 2, 2, 'valid')
    }
    return tf.relu(dense(weights, 'features', tf.reshape(x, [images.shape[0], -1])))
  })
}

/** @param features [n, features]. @returns [n, logits], before softmax */
export function logitsOfNet(weights: Weights, features: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => dense(weights, 'logits', features))
}

function dense(weights: Weights, layer: string, x: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.matMul(x, weights.get(`${layer}/kernel`) as tf.Tensor2D), weights.get(`${layer}/bias`)!)
}
