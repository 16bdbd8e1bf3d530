import { type Gan, GankitError, type Generator, type TokenCondition } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** The networks behind a generator of captions. */
export interface CaptionedNetworks {
  /** Of a vector condition of as many numbers as the text encoder gives. */
  readonly gan: Gan
  /** Captions [n, length] → [n, size], a `textEncoder`. */
  readonly textEncoder: tf.LayersModel
  readonly captions: TokenCondition
}

/**
 * A text encoder and a generator as one: noise and a caption become a picture. It shares its weights with both, and they are its
 * layers `text_encoder` and `generator`, by which `openParts` of @gankit/inference finds them.
 * @throws GankitError for networks that don't fit together
 */
export function captionedGenerator({ gan, textEncoder, captions }: CaptionedNetworks): Generator {
  const [size, given] = [
    gan.condition?.kind === 'vector' ? gan.condition.size : undefined,
    sizeOf(textEncoder),
  ]
  if (size !== given)
    throw new GankitError(
      'gan-cls',
      'option',
      `the GAN has ${size === undefined ? 'no vector condition' : `a condition of ${size} numbers`}, and the text encoder gives ${given}, expected a vector condition of as many: create the GAN with condition { kind: 'vector', size: ${given} }`,
    )
  const noise = gan.latent && tf.input({ shape: [gan.latent.size], name: 'noise' })
  const caption = tf.input({ shape: [captions.length], name: 'caption' })
  const embedding = textEncoder.apply(caption) as tf.SymbolicTensor
  const model = tf.model({
    name: 'text_to_image',
    inputs: noise ? [noise, caption] : caption,
    outputs: gan.generator.apply(noise ? [noise, embedding] : embedding) as tf.SymbolicTensor,
  })
  return {
    model,
    ...(gan.latent && { noise: gan.latent }),
    condition: captions,
    sampleShape: gan.sampleShape,
  }
}

function sizeOf({ outputs }: tf.LayersModel): number {
  return outputs[0]!.shape.at(-1)!
}
