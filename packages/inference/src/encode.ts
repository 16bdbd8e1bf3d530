import { GankitError, isGankitError, type Latent, toHalf } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** A generator on its own, and the noise that it was trained with. */
export interface SavedGenerator {
  readonly generator: tf.LayersModel
  readonly latent: Latent
}

/** How weights are kept: as they are, or rounded to 16-bit floats, in half the bytes. */
export type WeightPrecision = 'float32' | 'float16'

/** What a saved generator consists of, before it is in files. */
export interface GeneratorArtifacts {
  /** The content of `model.json` but for the names of files: topology, format, and metadata with the latent. */
  readonly model: Omit<tf.io.ModelJSON, 'weightsManifest'>
  readonly weightSpecs: readonly tf.io.WeightsManifestEntry[]
  /** All weights one after another, in the order of `weightSpecs`. */
  readonly weights: Uint8Array<ArrayBuffer>
}

/**
 * A generator as a layers model, with its latent in the metadata. Weights of 16 bits are marked in the way of
 * TensorFlow.js's converter, which every loader of TensorFlow.js decodes.
 * @throws GankitError that names a weight with numbers beyond the range of 16 bits
 */
export async function generatorArtifacts(
  { generator, latent }: SavedGenerator,
  precision: WeightPrecision = 'float32',
): Promise<GeneratorArtifacts> {
  generator.setUserDefinedMetadata({ ...generator.getUserDefinedMetadata(), gankit: { latent } })
  let artifacts: tf.io.ModelArtifacts | undefined
  const handler = tf.io.withSaveHandler(async given => {
    artifacts = given
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(given) }
  })
  await generator.save(handler)
  const { weightData, weightSpecs = [], ...rest } = artifacts!
  const { modelTopology, format, generatedBy, convertedBy, userDefinedMetadata } = rest
  const model = {
    modelTopology: modelTopology!,
    format: format!,
    generatedBy: generatedBy!,
    convertedBy: convertedBy!,
    userDefinedMetadata: userDefinedMetadata!,
  }
  const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData))
  return { model, ...(precision === 'float16' ? halved(weightSpecs, weights) : { weightSpecs, weights }) }
}

function halved(
  weightSpecs: readonly tf.io.WeightsManifestEntry[],
  weights: Uint8Array<ArrayBuffer>,
): Omit<GeneratorArtifacts, 'model'> {
  let from = 0
  const parts = weightSpecs.map(spec => {
    if (spec.dtype !== 'float32' && spec.dtype !== 'int32')
      throw new GankitError(
        'trainer',
        'data',
        `weight ${spec.name} is of kind ${spec.dtype}, expected float32 or int32: keep 32 bits`,
      )
    const bytes = weights.slice(from, from + 4 * tf.util.sizeFromShape(spec.shape))
    from += bytes.length
    return spec.dtype === 'float32' ? halvedWeight(spec, bytes) : { spec, bytes }
  })
  return { weightSpecs: parts.map(({ spec }) => spec), weights: joined(parts.map(({ bytes }) => bytes)) }
}

function halvedWeight(spec: tf.io.WeightsManifestEntry, { buffer }: Uint8Array<ArrayBuffer>) {
  // The converter writes both; TensorFlow.js's types know but the first.
  const quantization = { dtype: 'float16' as const, original_dtype: 'float32' }
  try {
    return { spec: { ...spec, quantization }, bytes: toHalf(new Float32Array(buffer)) }
  } catch (error) {
    if (!isGankitError(error)) throw error
    throw new GankitError(
      'trainer',
      'data',
      `weight ${spec.name}: ${error.message.replace(/^\[.+?\] /, '')}`,
      { cause: error },
    )
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let from = 0
  for (const part of parts) {
    all.set(part, from)
    from += part.length
  }
  return all
}
