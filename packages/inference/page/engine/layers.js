import { tf } from './tfjs.js'

/*
 * The layers of @gankit/layers that networks from pictures to pictures are made of, as they compute once trained. A page has no
 * other way to them: that package doesn't run without a bundler. Tensors have no methods here, as parts of TensorFlow.js are alone.
 * `pageLayers` of the exporter lists the same names.
 */

/**
 * @typedef {import('@tensorflow/tfjs').Tensor} Tensor
 * @typedef {(number | null)[]} Shape with null for an open side
 */

/**
 * Each image and channel by its own statistics.
 * @param {Tensor} input [n, ..., c] @param {Tensor} gamma [n or 1, 1, c] @param {Tensor} beta [n or 1, 1, c]
 * @param {number} epsilon
 */
const normalizeInstances = (input, gamma, beta, epsilon) => {
  const [n = 1, channels = 1] = [input.shape[0], input.shape.at(-1)]
  const rows = tf.reshape(input, [n, input.size / (n * channels), channels])
  const centered = tf.sub(rows, tf.mean(rows, 1, true))
  const variance = tf.mean(tf.square(centered), 1, true)
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)))
  return tf.reshape(tf.add(tf.mul(centered, scale), beta), input.shape)
}

/** @param {Tensor | Tensor[]} inputs */
const only = inputs => /** @type {Tensor} */ (Array.isArray(inputs) ? inputs[0] : inputs)

class InstanceNormalization extends tf.layers.Layer {
  static className = '@gankit/layers>InstanceNormalization'

  /** @param {any} config */
  constructor({ epsilon, center, scale, ...layer }) {
    super(layer)
    this.options = { epsilon, center, scale }
  }

  /** @override @param {Shape} shape */
  build(shape) {
    /** @param {string} name @param {'ones' | 'zeros'} start */
    const weight = (name, start) =>
      this.addWeight(name, [shape.at(-1) ?? 0], 'float32', tf.initializers[start]())
    if (this.options.scale) this.gamma = weight('gamma', 'ones')
    if (this.options.center) this.beta = weight('beta', 'zeros')
    this.built = true
  }

  /** @override @param {Tensor | Tensor[]} inputs */
  call(inputs) {
    return tf.tidy(() =>
      normalizeInstances(
        only(inputs),
        this.gamma?.read() ?? tf.scalar(1),
        this.beta?.read() ?? tf.scalar(0),
        this.options.epsilon,
      ),
    )
  }
}

class AdaptiveInstanceNormalization extends tf.layers.Layer {
  static className = '@gankit/layers>AdaptiveInstanceNormalization'

  /** @param {any} config */
  constructor({ epsilon, ...layer }) {
    super(layer)
    this.epsilon = epsilon
  }

  /** @override @param {Shape | Shape[]} shapes */
  build(shapes) {
    const [images, style] = /** @type {[Shape, Shape]} */ (shapes)
    const doubled = 2 * (images.at(-1) ?? 0)
    this.kernel = this.addWeight('kernel', [style[1] ?? 0, doubled], 'float32', tf.initializers.zeros())
    this.bias = this.addWeight('bias', [doubled], 'float32', tf.initializers.zeros())
    this.built = true
  }

  /** @override @param {Tensor | Tensor[]} inputs */
  call(inputs) {
    return tf.tidy(() => {
      const [images, style] = /** @type {[Tensor, Tensor]} */ (inputs)
      const kernel = /** @type {Tensor} */ (this.kernel?.read())
      const bias = /** @type {Tensor} */ (this.bias?.read())
      const learned = tf.expandDims(tf.add(tf.matMul(style, kernel), bias), 1)
      const [gamma, beta] = /** @type {[Tensor, Tensor]} */ (tf.split(learned, 2, 2))
      return normalizeInstances(images, tf.add(gamma, 1), beta, this.epsilon)
    })
  }

  /** @override @param {Shape | Shape[]} shapes @returns {Shape} */
  computeOutputShape(shapes) {
    return /** @type {Shape} */ (shapes[0])
  }
}

class ReflectionPadding extends tf.layers.Layer {
  static className = '@gankit/layers>ReflectionPadding'

  /** @param {any} config `padding` [top, bottom, left, right] */
  constructor({ padding, ...layer }) {
    super(layer)
    this.padding = padding
  }

  /** @override @param {Tensor | Tensor[]} inputs */
  call(inputs) {
    const [top, bottom, left, right] = this.padding
    const borders = /** @type {[number, number][]} */ ([
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ])
    return tf.mirrorPad(only(inputs), borders, 'reflect')
  }

  /** @override @param {Shape} shape @returns {Shape} */
  computeOutputShape([n = null, h, w, c = null]) {
    const [top, bottom, left, right] = this.padding
    return [n, h ? top + h + bottom : null, w ? left + w + right : null, c]
  }
}

class PixelShuffle extends tf.layers.Layer {
  static className = '@gankit/layers>PixelShuffle'

  /** @param {any} config */
  constructor({ factor, ...layer }) {
    super(layer)
    this.factor = factor
  }

  /** @override @param {Tensor | Tensor[]} inputs */
  call(inputs) {
    return tf.tidy(() => {
      const input = only(inputs)
      const [r, [n = 1, h = 1, w = 1, c = 1]] = [this.factor, input.shape]
      const blocks = tf.reshape(input, [n * h, w, c / r ** 2, r, r])
      return tf.reshape(tf.transpose(blocks, [0, 3, 1, 4, 2]), [n, h * r, w * r, c / r ** 2])
    })
  }

  /** @override @param {Shape} shape @returns {Shape} */
  computeOutputShape([n = null, h, w, c]) {
    const r = this.factor
    return [n, h ? h * r : null, w ? w * r : null, (c ?? 0) / r ** 2]
  }
}

for (const layer of [InstanceNormalization, AdaptiveInstanceNormalization, ReflectionPadding, PixelShuffle])
  tf.serialization.registerClass(/** @type {any} */ (layer))
