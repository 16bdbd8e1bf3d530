import { GankitError, parseOptions, wholeNumber } from '@gankit/core'
import { createInitializer, type Initialization } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'
import { initialization } from './options.ts'

export interface ProjectionHeadsOptions {
  /** The generator whose layers they look at; its pictures have the size of its inputs. */
  readonly generator: tf.LayersModel
  /**
   * The names of these layers. Default, for the networks here: the input, each halving, the first residual block and the one behind
   * the middle, as far as they have two places or more: the five of the paper where there are nine blocks.
   */
  readonly layers?: readonly string[]
  /** Width of both dense layers. Default 256. */
  readonly size?: number
  /** Distribution of the first weights. Default { name: 'glorot' }. */
  readonly initialization?: Initialization
  /** Seed of the first weights. Default 0. */
  readonly seed?: number
}

const schema = v.strictObject({
  layers: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
  size: v.optional(wholeNumber(), 256),
  initialization: v.optional(initialization, { name: 'glorot' }),
  seed: v.optional(wholeNumber(0), 0),
})

/**
 * The heads of contrastive translation (Park et al. 2020, arXiv 2007.15651, section 3): for each chosen layer of a generator two dense
 * layers, of which the first has a ReLU, that project what the layer makes of a place.
 *
 * [n, channels of the layer] → [n, size]
 * @returns the heads by the names of their layers
 * @throws GankitError for options out of range, and for layers that the generator doesn't have
 */
export function projectionHeads(options: ProjectionHeadsOptions): Readonly<Record<string, tf.LayersModel>> {
  const { generator, ...plain } = options
  const { layers = chooseLayers(generator), ...resolved } = parseOptions('image-to-image', schema, plain)
  return Object.fromEntries(
    layers.map(layer => {
      const [, , channels] = placesOfLayer(generator, layer)
      return [layer, projectionHead(`head-${layer}`, channels, resolved)]
    }),
  )
}

function projectionHead(
  name: string,
  channels: number,
  { size, initialization, seed }: Omit<v.InferOutput<typeof schema>, 'layers'>,
): tf.LayersModel {
  const dense = (layer: string) => {
    const purpose = `image-to-image/${name}/${layer}/kernel`
    return tf.layers.dense({
      name: layer,
      units: size,
      kernelInitializer: createInitializer(initialization, { seed, purpose }),
    })
  }
  const input = tf.input({ shape: [channels], name: `${name}_input` })
  const hidden = tf.layers.reLU({ name: 'activation' }).apply(dense('dense_1').apply(input))
  return tf.model({ name, inputs: input, outputs: dense('dense_2').apply(hidden) as tf.SymbolicTensor })
}

/** Height, width and channels of what a layer makes. @throws GankitError for a layer without a map of places, or that isn't there */
export function placesOfLayer(
  generator: tf.LayersModel,
  layer: string,
): readonly [height: number, width: number, channels: number] {
  const found = generator.layers.find(({ name }) => name === layer)
  const shape = (found?.output as tf.SymbolicTensor | undefined)?.shape
  const [, height, width, channels] = shape ?? []
  if (shape?.length === 4 && height && width && channels && height * width >= 2)
    return [height, width, channels]
  const problem = shape ? `gives [${shape.slice(1).join(', ')}]` : 'is not there'
  throw new GankitError(
    'image-to-image',
    'option',
    `layer '${layer}' of the generator ${problem}, expected one that gives a map of two places or more, [height, width, channels]`,
  )
}

function chooseLayers(generator: tf.LayersModel): readonly string[] {
  const names = generator.layers.map(({ name }) => name)
  const blocks = names.filter(name => /^block_\d+_sum$/.test(name))
  const chosen = new Set([blocks[0], blocks[Math.floor(blocks.length / 2)]])
  const [input] = generator.inputNames
  return names.filter(name => {
    if (name !== input && !/^down_\d+_conv$/.test(name) && !chosen.has(name)) return false
    const [, height, width] = (generator.getLayer(name).output as tf.SymbolicTensor).shape
    return height! * width! >= 2
  })
}
