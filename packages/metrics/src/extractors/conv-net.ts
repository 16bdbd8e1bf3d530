import { type Attribute, fromHalf, GankitError, sizeOfShape } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** A convolution with 'same' padding, followed by a ReLU. */
interface Convolution {
  readonly filters: number
  /** Side of the window in pixels. */
  readonly window: number
  readonly stride: 1 | 2
  /** Whether 2×2 max pooling follows. */
  readonly pool?: true
}

/** A small classifier that comes with the package: convolutions, a dense layer of features with a ReLU, a dense layer of logits. */
export interface ConvNet {
  /** The shape of one image, [height, width, channels]. */
  readonly imageShape: readonly [number, number, number]
  readonly convolutions: readonly Convolution[]
  readonly features: number
  readonly logits: number
}

export type NetWeights<T extends tf.Tensor = tf.Tensor> = ReadonlyMap<string, T>

/** Name and shape of each weight, in the order in which they are stored. */
export function weightShapes({ imageShape, convolutions, features, logits }: ConvNet): Map<string, number[]> {
  const shapes = new Map<string, number[]>()
  const add = (layer: string, kernel: number[]) =>
    shapes.set(`${layer}/kernel`, kernel).set(`${layer}/bias`, kernel.slice(-1))
  let [height, width, channels] = imageShape
  for (const [i, { filters, window, stride, pool }] of convolutions.entries()) {
    add(`conv_${i + 1}`, [window, window, channels, filters])
    channels = filters
    height = poolSide(Math.ceil(height / stride), pool)
    width = poolSide(Math.ceil(width / stride), pool)
  }
  add('features', [height * width * channels, features])
  add('logits', [features, logits])
  return shapes
}

function poolSide(side: number, pool: true | undefined): number {
  return pool ? Math.floor(side / 2) : side
}

/** @param images [n, …imageShape] in [−1, 1]. @returns [n, features], not negative */
export function computeFeatures(net: ConvNet, weights: NetWeights, images: tf.Tensor4D): tf.Tensor2D {
  return tf.tidy(() => {
    const last = computeLayers(net, weights, images).at(-1)!
    return tf.relu(dense(weights, 'features', tf.reshape(last, [images.shape[0], -1])))
  })
}

/**
 * What each convolution makes of images, after its ReLU and pooling.
 * @param images [n, height, width, channels] in [−1, 1], of any size
 */
export function computeLayers(net: ConvNet, weights: NetWeights, images: tf.Tensor4D): tf.Tensor4D[] {
  return tf.tidy(() => {
    let x = images
    return net.convolutions.map(({ stride, pool }, i) => {
      const kernel = weights.get(`conv_${i + 1}/kernel`) as tf.Tensor4D
      x = tf.relu(tf.add(tf.conv2d(x, kernel, stride, 'same'), weights.get(`conv_${i + 1}/bias`)!))
      if (pool) x = tf.maxPool(x, 2, 2, 'valid')
      return x
    })
  })
}

/** @param features [n, features]. @returns [n, logits], before softmax */
export function computeLogits(weights: NetWeights, features: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => dense(weights, 'logits', features))
}

function dense(weights: NetWeights, layer: string, x: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.matMul(x, weights.get(`${layer}/kernel`) as tf.Tensor2D), weights.get(`${layer}/bias`)!)
}

/**
 * A net's weights as they come with the package; the caller disposes of them with `disposeWeights`.
 * @param halfBase64 16-bit floats in base64, all weights one after another in the order of `weightShapes`
 * @throws GankitError for another number of weights than the net has
 */
export function loadShippedWeights(net: ConvNet, halfBase64: string): NetWeights {
  const values = fromHalf(decodeBase64(halfBase64))
  const shapes = [...weightShapes(net)]
  const expected = shapes.reduce((sum, [, shape]) => sum + sizeOfShape(shape), 0)
  if (values.length !== expected)
    throw new GankitError(
      'metrics',
      'data',
      `embedded weights are damaged (${values.length} numbers, expected ${expected}): install @gankit/metrics again`,
    )
  let from = 0
  return new Map(
    shapes.map(([name, shape]) => {
      const to = from + sizeOfShape(shape)
      const weight = tf.tensor(values.subarray(from, to), shape)
      from = to
      return [name, weight]
    }),
  )
}

function decodeBase64(base64: string): Uint8Array {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  // Many times as fast as Uint8Array.from, which goes through the string by an iterator.
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

export function disposeWeights(weights: NetWeights): void {
  for (const weight of weights.values()) weight.dispose()
}

/**
 * The most probable value of each attribute.
 * @param logits [count, all values of all attributes]; disposed of
 * @returns [count, attributes.length], row-major
 */
export async function classifyLogits(
  logits: tf.Tensor2D,
  attributes: readonly Attribute[],
): Promise<Uint8Array> {
  const all = await logits.data<'float32'>()
  logits.dispose()
  const codes = new Uint8Array(logits.shape[0] * attributes.length)
  let from = 0
  for (let i = 0; i < codes.length; i++) {
    const { values } = attributes[i % attributes.length]!
    const own = all.subarray(from, from + values.length)
    codes[i] = own.indexOf(Math.max(...own))
    from += values.length
  }
  return codes
}
