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
  wholeNumber,
} from '@gankit/core'
import { checkVectorCondition, checkWeightCount } from '@gankit/layers'
import * as v from 'valibot'
import { type StagePlan, stagePlan } from './stage-plan.ts'

export interface DcganOptions {
  /** [height, width, channels]; any sides from 2 to 4096, any channel count. Default [64, 64, 3]. */
  readonly imageShape?: readonly [height: number, width: number, channels: number]
  /** Size and prior of the noise. Default 100 standard normal numbers. */
  readonly latent?: Partial<Latent>
  /** Categories or a vector that G and D get as their second input. Default: none. */
  readonly condition?: Condition | undefined
  /** Channels of D's first and G's last hidden layer; each stage away from the image has twice as many. Default 64. */
  readonly base?: number
  /** The greatest number of channels of a layer. Default: no limit. */
  readonly maxFilters?: number
  /** Side of all windows, in pixels. Default 5. */
  readonly kernel?: number
  /** Doublings from the smallest image, which the dense layer makes, up to the sample. Default: those of `stagePlan`. */
  readonly stages?: number
  /** Halvings in D. Default: as many as G has doublings; one more lets D judge small images as a whole. */
  readonly discriminatorStages?: number
  /** How G makes images larger. Default 'transposed', as in DCGAN. */
  readonly upsampling?: 'transposed' | 'resize' | 'pixel-shuffle'
  /** Default 'leaky-relu', with slope 0.2 below zero; 'relu' in the paper. */
  readonly generatorActivation?: 'leaky-relu' | 'relu'
  /** Default 'leaky-relu'. */
  readonly discriminatorActivation?: 'leaky-relu' | 'relu'
  /** Default batch norm in both, except at G's output and D's input. */
  readonly normalization?: {
    readonly generator?: 'batch' | 'pixel' | 'none'
    readonly discriminator?: 'batch' | 'spectral' | 'none'
  }
  /** Share of D's values dropped behind each of its stages in training, from 0 to below 1. Default 0. */
  readonly dropout?: number
  /** Whether D gets the standard deviation of its batch as a channel (Karras et al. 2017, arXiv 1710.10196). Default false. */
  readonly minibatchDeviation?: boolean
  /** Whether both networks have self-attention at their middle stage (Zhang et al. 2018, arXiv 1805.08318). Default false. */
  readonly selfAttention?: boolean
  /** Distribution of the first weights. Default { name: 'normal', std: 0.02 }, as in DCGAN. */
  readonly initialization?: { readonly name: 'normal'; readonly std: number } | { readonly name: 'glorot' }
  /** Seed of the first weights. Default 0. */
  readonly seed?: number
}

const side = v.pipe(wholeNumber(2), v.maxValue(4096))
const activation = v.optional(v.picklist(['leaky-relu', 'relu']), 'leaky-relu')
const schema = v.strictObject({
  imageShape: v.optional(v.tuple([side, side, wholeNumber()]), [64, 64, 3]),
  latent: partialLatentOption,
  condition: conditionOption,
  base: v.optional(wholeNumber(), 64),
  maxFilters: v.optional(wholeNumber(), Number.MAX_SAFE_INTEGER),
  kernel: v.optional(wholeNumber(2), 5),
  stages: v.optional(wholeNumber()),
  discriminatorStages: v.optional(wholeNumber()),
  upsampling: v.optional(v.picklist(['transposed', 'resize', 'pixel-shuffle']), 'transposed'),
  generatorActivation: activation,
  discriminatorActivation: activation,
  normalization: v.optional(
    v.strictObject({
      generator: v.optional(v.picklist(['batch', 'pixel', 'none']), 'batch'),
      discriminator: v.optional(v.picklist(['batch', 'spectral', 'none']), 'batch'),
    }),
    {},
  ),
  dropout: v.optional(fraction, 0),
  minibatchDeviation: v.optional(v.boolean(), false),
  selfAttention: v.optional(v.boolean(), false),
  initialization: v.optional(
    v.variant('name', [
      v.strictObject({ name: v.literal('glorot') }),
      v.strictObject({ name: v.literal('normal'), std: positive }),
    ]),
    { name: 'normal', std: 0.02 } as { name: 'normal'; std: number },
  ),
  seed: v.optional(wholeNumber(0), 0),
})

/** Options with their defaults filled in. */
export interface Resolved
  extends Required<Omit<DcganOptions, 'latent' | 'condition' | 'stages' | 'normalization'>> {
  readonly latent: Latent
  readonly condition?: Condition
  readonly normalization: Required<NonNullable<DcganOptions['normalization']>>
  readonly plan: StagePlan
}

/** @throws GankitError that names the first option at fault */
export function resolve(options: DcganOptions): Resolved {
  const { stages, ...resolved } = parseOptions('dcgan', schema, options)
  checkLatent('dcgan', resolved.latent)
  checkVectorCondition('dcgan', resolved.condition)
  const [height, width] = resolved.imageShape
  const plan = stagePlan(height, width, stages)
  const { discriminatorStages = plan.stages } = resolved
  const all = { ...(resolved as Omit<Resolved, 'plan' | 'discriminatorStages'>), discriminatorStages, plan }
  checkWeightCount({
    package: 'dcgan',
    option: 'imageShape',
    shape: all.imageShape,
    count: ([height, width]) => countWeights(all, stagePlan(height!, width!, stages)),
    widths: 'base, maxFilters or kernel',
  })
  return all
}

/** The kernels of both networks, which hold nearly all of their weights, for images of another plan. */
export function countWeights(options: Resolved, { start, stages }: StagePlan): number {
  const { latent, condition, imageShape, kernel, upsampling } = options
  const conditions = condition ? conditionSize(condition) : 0
  const halvings = Math.max(1, options.discriminatorStages + stages - options.plan.stages)
  const widths = (count: number) => [
    imageShape[2],
    ...Array.from({ length: count }, (_, i) => filtersAt(options, i + 1)),
  ]
  const pairs = (count: number) =>
    widths(count)
      .slice(1)
      .reduce((sum, filters, i) => sum + filters * widths(count)[i]!, 0)
  const places = (channels: number, steps: number) =>
    channels *
    Math.ceil((start[0] * 2 ** stages) / 2 ** steps) *
    Math.ceil((start[1] * 2 ** stages) / 2 ** steps)
  const perPair = upsampling === 'pixel-shuffle' ? 4 : 1
  return (
    (latent.size + conditions) * start[0] * start[1] * filtersAt(options, stages) +
    kernel ** 2 * (perPair * pairs(stages) + pairs(halvings)) +
    places(filtersAt(options, halvings), halvings) * (1 + conditions) +
    2 * conditions * widths(stages).reduce((sum, filters) => sum + filters, 0)
  )
}

/** Channels of the stage that is `away` doublings from the sample, counted from 1. */
export function filtersAt({ base, maxFilters }: Resolved, away: number): number {
  return Math.min(maxFilters, base * 2 ** (away - 1))
}
