import { checkChoice, checkInteger, checkSeed, type Forward, GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { glorotUniform, type SeededWeights } from './initializers.ts'
import type { LayerOptions } from './options.ts'
import {
  divideBySpectralNorm,
  type SingularVectors,
  startSingularVectors,
  updatesStatistics,
} from './spectral-norm.ts'

export interface SelfAttentionOptions extends LayerOptions, SeededWeights {
  /** Channels in which places are compared. Default c/8, at least 1. */
  readonly keyChannels?: number
  /** Channels that are passed from place to place. Default c/2, at least 1. */
  readonly valueChannels?: number
  /** 'spectral' divides the four kernels by their spectral norms, as SAGAN does. Default 'none'. */
  readonly normalization?: 'spectral' | 'none'
}

const kernels = ['query', 'key', 'value', 'output'] as const
type Kernel = (typeof kernels)[number]

/**
 * Self-attention over the places of an image (Zhang et al. 2019, SAGAN, arXiv 1805.08318): y = γ·o + x with
 *
 *     o_j = W_o·Σ_i β_ji·W_v·x_i     β_ji = softmax over i of (W_k·x_i)ᵀ(W_q·x_j)
 *
 * In the paper's letters W_k is W_f, W_q W_g, W_v W_h, and W_o W_v. γ is a weight that starts at 0, so that the layer
 * starts as the identity. The kernels are those of 1×1 convolutions without bias, written as matrices [in, out].
 *
 * The attention of every place to every other takes (h·w)² numbers a sample, 4 MB at 32×32. Maps of 16×16 to 32×32 are usual.
 *
 * Weights: `name/query_kernel`, `name/key_kernel` [c, keyChannels], `name/value_kernel` [c, valueChannels],
 * `name/output_kernel` [valueChannels, c], `name/gamma` [1]; with 'spectral', the untrained `…_u` and `…_v` of each
 * kernel. Their initializers aren't saved.
 *
 * [n, h, w, c] → the same shape
 * @throws GankitError for an option out of range, or input of another rank
 */
export function selfAttention(options: SelfAttentionOptions = {}): tf.layers.Layer {
  return new SelfAttention(options)
}

class SelfAttention extends tf.layers.Layer {
  static readonly className = '@gankit/layers>SelfAttention'
  private readonly options: Pick<SelfAttentionOptions, 'keyChannels' | 'valueChannels' | 'normalization'>
  private readonly weightsOptions: Required<SeededWeights>
  private readonly kernels = new Map<Kernel, tf.LayerVariable>()
  private readonly vectors = new Map<Kernel, SingularVectors>()
  private gamma!: tf.LayerVariable

  constructor({
    keyChannels,
    valueChannels,
    normalization = 'none',
    seed = 0,
    purpose,
    initializer = glorotUniform,
    ...layer
  }: SelfAttentionOptions) {
    super(layer)
    // The default name is made from the class name, whose '@' and '>' tfjs forbids in names.
    this.name = layer.name ?? `self_attention_${this.id}`
    for (const [name, channels] of Object.entries({ keyChannels, valueChannels }))
      if (channels !== undefined) checkInteger('layers', `selfAttention ${name}`, channels, 1)
    checkChoice('layers', 'selfAttention normalization', normalization, ['spectral', 'none'])
    checkSeed(seed)
    this.options = {
      ...(keyChannels && { keyChannels }),
      ...(valueChannels && { valueChannels }),
      normalization,
    }
    this.weightsOptions = { seed, purpose: purpose ?? this.name, initializer }
  }

  override build(inputShape: tf.Shape): void {
    const c = inputShape[3]
    if (inputShape.length !== 4 || typeof c !== 'number')
      throw new GankitError(
        'layers',
        'data',
        `selfAttention got input of shape [${inputShape}], expected [n, h, w, c]: put it before flatten`,
      )
    const keys = this.options.keyChannels ?? Math.max(1, Math.floor(c / 8))
    const values = this.options.valueChannels ?? Math.max(1, Math.floor(c / 2))
    const shapes = { query: [c, keys], key: [c, keys], value: [c, values], output: [values, c] }
    const { initializer, ...seeded } = this.weightsOptions
    for (const name of kernels) {
      const drawn = initializer({ ...seeded, purpose: `${seeded.purpose}/${name}_kernel` })
      this.kernels.set(name, this.addWeight(`${name}_kernel`, shapes[name], 'float32', drawn))
    }
    this.gamma = this.addWeight('gamma', [1], 'float32', tf.initializers.zeros())
    if (this.options.normalization === 'spectral')
      for (const [name, kernel] of this.kernels)
        this.vectors.set(
          name,
          startSingularVectors(
            kernel.read(),
            (weight, shape, start) => this.addWeight(weight, shape, 'float32', start, undefined, false),
            seeded,
            `${name}_`,
          ),
        )
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[], pass: Forward): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    const updates = updatesStatistics(pass) && this.trainable
    return tf.tidy(() => {
      const [n, h, w, c] = input.shape as [number, number, number, number]
      const rows = input.reshape([n * h * w, c])
      const groupBySample = (x: tf.Tensor): tf.Tensor => x.reshape([n, h * w, -1])
      const [query, key, value] = (['query', 'key', 'value'] as const).map(name =>
        groupBySample(tf.matMul(rows, this.readKernel(name, updates))),
      ) as [tf.Tensor, tf.Tensor, tf.Tensor]
      const attention = softmax(tf.matMul(query, key, false, true)) // [n, h·w of j, h·w of i]
      const gathered = tf.matMul(attention, value).reshape([n * h * w, -1])
      const output = tf.matMul(gathered, this.readKernel('output', updates))
      return output.mul(this.gamma.read()).add(rows).reshape(input.shape)
    })
  }

  private readKernel(name: Kernel, updates: boolean): tf.Tensor {
    const kernel = this.kernels.get(name)!.read()
    const vectors = this.vectors.get(name)
    return vectors ? divideBySpectralNorm(kernel, kernel, vectors, updates) : kernel
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options }
  }
}

tf.serialization.registerClass(SelfAttention)

/**
 * Softmax over the last axis, with a right second-order gradient: that of tf.softmax is silently wrong. Each call makes
 * the custom gradient anew, since the tape may be patched after this module has loaded.
 */
function softmax(x: tf.Tensor): tf.Tensor {
  const apply = tf.customGrad((x, save) => {
    ;(save as tf.GradSaveFunc)([x as tf.Tensor])
    return {
      value: tf.softmax(x as tf.Tensor),
      gradFunc(dy, [x]) {
        const y = softmax(x!)
        const weighted = dy.mul(y)
        return weighted.sub(y.mul(weighted.sum(-1, true)))
      },
    }
  })
  return apply(x)
}
