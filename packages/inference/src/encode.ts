import type { Generator } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { describeGenerator } from './metadata.ts'
import { halveWeights, type WeightPrecision } from './weights.ts'

/** A saved generator before it is in files, or after it was read from them. */
export interface GeneratorFiles {
  /** The content of `model.json`. */
  readonly model: tf.io.ModelJSON
  /** The content of the weight files that `model.weightsManifest` names, one after another: of `weights.bin`. */
  readonly weights: Uint8Array<ArrayBuffer>
}

/**
 * A generator as a TensorFlow.js layers model, which plain `tf.loadLayersModel` opens. Noise, condition and sample
 * shape stand in `userDefinedMetadata.gankit`, beside the model's own metadata.
 * @param precision 'float16' rounds weights to 16 bits, half the bytes. Default 'float32'
 * @throws GankitError for a model whose inputs or output are not those that the generator says, and for a weight
 *   beyond the range of 16 bits
 */
export async function encodeGenerator(
  generator: Generator,
  precision: WeightPrecision = 'float32',
): Promise<GeneratorFiles> {
  const gankit = describeGenerator(generator)
  let artifacts: tf.io.ModelArtifacts | undefined
  const handler = tf.io.withSaveHandler(async given => {
    artifacts = given
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(given) }
  })
  await generator.model.save(handler)
  const { weightData, weightSpecs = [], ...rest } = artifacts!
  const { modelTopology, format, generatedBy, convertedBy, userDefinedMetadata } = rest
  const whole = {
    specs: weightSpecs,
    bytes: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)),
  }
  const { specs, bytes } = precision === 'float16' ? halveWeights(whole) : whole
  const model = {
    modelTopology: modelTopology!,
    format: format!,
    generatedBy: generatedBy!,
    convertedBy: convertedBy!,
    userDefinedMetadata: { ...userDefinedMetadata, gankit },
    weightsManifest: [{ paths: ['weights.bin'], weights: [...specs] }],
  }
  return { model, weights: bytes }
}
