import {
  type Condition,
  checkLatent,
  conditionOption,
  conditionSize,
  fraction,
  type Latent,
  parseOptions,
  partialLatentOption,
  positive,
  sizeOfShape,
  wholeNumber,
} from '@gankit/core'
import { checkVectorCondition, checkWeightCount, type Initialization } from '@gankit/layers'
import * as v from 'valibot'

export interface MlpGenerator {
  readonly kind: 'mlp'
  /** Units of the hidden layers, from the latent to the sample. Default [128, 256, 512, 1024]. */
  readonly hidden?: readonly number[]
  /** Default 'leaky-relu', with slope 0.2 below zero. */
  readonly activation?: 'leaky-relu' | 'relu'
  /** Batch norm after every hidden layer but the first. Default true. */
  readonly batchNormalization?: boolean
  /** 'tanh' (the default), 'sigmoid' stretched from [0, 1] to [−1, 1], or 'linear' for samples of any range, such as points. */
  readonly output?: 'tanh' | 'sigmoid' | 'linear'
  /** Default { name: 'glorot' }. */
  readonly initialization?: Initialization
}

export interface RbfGenerator {
  readonly kind: 'rbf'
  /** Radial basis functions between latent and sample. Default 512. */
  readonly units?: number
  /** As for the MLP. */
  readonly output?: 'tanh' | 'sigmoid' | 'linear'
}

export interface DenseDiscriminator {
  /** Units of the hidden layers, from the sample to the verdict; [] makes D linear. Default [512, 256]. */
  readonly hidden?: readonly number[]
  /** 'leaky-relu' (slope 0.2, the default), 'relu', or 'maxout' over `pieces` linear maps. */
  readonly activation?: 'leaky-relu' | 'relu' | 'maxout'
  /** Linear maps under each maxout unit. Default 5. */
  readonly pieces?: number
  /** Share of inputs and of hidden units dropped in training, each from 0 to below 1. Default 0 and 0. */
  readonly dropout?: { readonly input?: number; readonly hidden?: number }
  /** One logit ('sigmoid', the default), or two classes whose logits' difference is the logit ('softmax'). */
  readonly head?: 'sigmoid' | 'softmax'
  /** [0, 1] if D is to see samples there, as when pixels are probabilities. Default [−1, 1], as they are. */
  readonly inputRange?: '[-1, 1]' | '[0, 1]'
  /** Default { name: 'glorot' }. */
  readonly initialization?: Initialization
}

export interface VanillaGanOptions {
  /** Shape of one sample. Default [28, 28, 1]. */
  readonly sampleShape?: readonly number[]
  /** Size and prior of the noise. Default 100 standard normal numbers. */
  readonly latent?: Partial<Latent>
  /** Categories or a vector that G and D get as their second input. Default: none. */
  readonly condition?: Condition | undefined
  /** Default { kind: 'mlp' }. */
  readonly generator?: MlpGenerator | RbfGenerator
  readonly discriminator?: DenseDiscriminator
  /** Seed of the first weights. Default 0. */
  readonly seed?: number
}

const units = v.array(wholeNumber())
const output = v.optional(v.picklist(['tanh', 'sigmoid', 'linear']), 'tanh')
const glorot: Initialization = { name: 'glorot' }
const initialization = v.optional(
  v.variant('name', [
    v.strictObject({ name: v.literal('glorot') }),
    v.strictObject({ name: v.literal('normal'), std: positive }),
    v.strictObject({ name: v.literal('uniform'), limit: positive }),
  ]),
  glorot as { name: 'glorot' },
)
const mlp = v.strictObject({
  kind: v.literal('mlp'),
  hidden: v.optional(units, [128, 256, 512, 1024]),
  activation: v.optional(v.picklist(['leaky-relu', 'relu']), 'leaky-relu'),
  batchNormalization: v.optional(v.boolean(), true),
  output,
  initialization,
})
const rbf = v.strictObject({ kind: v.literal('rbf'), units: v.optional(wholeNumber(), 512), output })
const discriminator = v.strictObject({
  hidden: v.optional(units, [512, 256]),
  activation: v.optional(v.picklist(['leaky-relu', 'relu', 'maxout']), 'leaky-relu'),
  pieces: v.optional(wholeNumber(2), 5),
  dropout: v.optional(
    v.strictObject({ input: v.optional(fraction, 0), hidden: v.optional(fraction, 0) }),
    {},
  ),
  head: v.optional(v.picklist(['sigmoid', 'softmax']), 'sigmoid'),
  inputRange: v.optional(v.picklist(['[-1, 1]', '[0, 1]']), '[-1, 1]'),
  initialization,
})
const schema = v.strictObject({
  sampleShape: v.optional(
    v.pipe(
      units,
      v.check(shape => shape.length > 0, 'expected at least one number'),
    ),
    [28, 28, 1],
  ),
  latent: partialLatentOption,
  condition: conditionOption,
  generator: v.optional(v.variant('kind', [mlp, rbf]), { kind: 'mlp' }),
  discriminator: v.optional(discriminator, {}),
  seed: v.optional(wholeNumber(0), 0),
})

/** Options with every default filled in. */
export interface Resolved {
  readonly sampleShape: number[]
  readonly latent: Latent
  readonly condition?: Condition
  readonly generator: Required<MlpGenerator> | Required<RbfGenerator>
  readonly discriminator: Required<DenseDiscriminator>
  readonly seed: number
}

/** @throws GankitError that names the first option at fault */
export function resolve(options: VanillaGanOptions): Resolved {
  const resolved = parseOptions('vanilla-gan', schema, options) as Resolved
  checkLatent('vanilla-gan', resolved.latent)
  checkVectorCondition('vanilla-gan', resolved.condition)
  checkWeightCount({
    package: 'vanilla-gan',
    option: 'sampleShape',
    shape: resolved.sampleShape,
    count: shape => countWeights(resolved, sizeOfShape(shape)),
    widths: 'generator.hidden and discriminator.hidden',
  })
  return resolved
}

/** The kernels of both networks, which hold nearly all of their weights. @param sample numbers in a sample */
export function countWeights(
  { latent, condition, generator, discriminator }: Resolved,
  sample: number,
): number {
  const conditions = condition ? conditionSize(condition) : 0
  const up = generator.kind === 'mlp' ? generator.hidden : [generator.units]
  const down = discriminator.hidden
  const pieces = discriminator.activation === 'maxout' ? discriminator.pieces : 1
  return (
    countKernels([latent.size + conditions, ...up, sample]) +
    pieces * countKernels([sample, ...down]) +
    (down.at(-1) ?? sample) * ((discriminator.head === 'softmax' ? 2 : 1) + conditions)
  )
}

const countKernels = (units: readonly number[]) =>
  units.slice(1).reduce((sum, count, i) => sum + units[i]! * count, 0)
