import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GankitError, type Latent, normalPrior } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { fileError, writeFolderAside } from './files.ts'

/** A generator on its own, and the noise that it was trained with. */
export interface SavedGenerator {
  readonly generator: tf.LayersModel
  readonly latent: Latent
}

/**
 * Saves a generator as a layers model, `model.json` and `weights.bin`, which plain `tf.loadLayersModel` opens; the
 * latent goes into its `userDefinedMetadata`.
 * @throws GankitError when the folder can't be written; what was there before is then still there
 */
export async function saveGenerator(folder: string, { generator, latent }: SavedGenerator): Promise<void> {
  generator.setUserDefinedMetadata({ gankit: { latent } })
  let files: Record<string, Uint8Array | string> = {}
  const handler = tf.io.withSaveHandler(async artifacts => {
    const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(artifacts.weightData))
    const {
      modelTopology,
      format,
      generatedBy,
      convertedBy,
      userDefinedMetadata,
      weightSpecs = [],
    } = artifacts
    const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }]
    const json = { modelTopology, format, generatedBy, convertedBy, userDefinedMetadata, weightsManifest }
    files = { 'weights.bin': weights, 'model.json': JSON.stringify(json) }
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) }
  })
  await generator.save(handler)
  await writeFolderAside(folder, files)
}

/**
 * Opens a folder with a `model.json`. A model that names no latent gets standard normal noise of its input's size.
 * @throws GankitError when it can't be read or is no generator
 */
export async function loadGenerator(folder: string): Promise<SavedGenerator> {
  const path = join(folder, 'model.json')
  const read = async (name: string) => {
    try {
      return await readFile(join(folder, name))
    } catch (error) {
      throw fileError('read', join(folder, name), error)
    }
  }
  const wrong = (why: string) =>
    new GankitError('trainer', 'data', `${path} ${why}, expected a TensorFlow.js layers model`)
  let json: tf.io.ModelJSON
  try {
    json = JSON.parse((await read('model.json')).toString('utf8'))
  } catch (error) {
    throw error instanceof SyntaxError ? wrong('is not JSON') : error
  }
  if (!Array.isArray(json?.weightsManifest) || !json.modelTopology)
    throw wrong('has no topology or weights manifest')
  const handler: tf.io.IOHandler = {
    load: () =>
      tf.io.getModelArtifactsForJSON(json, async manifest => {
        const parts = await Promise.all(manifest.flatMap(group => group.paths.map(read)))
        const specs = manifest.flatMap(group => group.weights)
        const bytes = Buffer.concat(parts)
        return [specs, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)]
      }),
  }
  let generator: tf.LayersModel
  try {
    generator = await tf.loadLayersModel(handler)
  } catch (error) {
    if (error instanceof GankitError) throw error
    throw wrong(`could not be opened (${(error as Error).message.split('\n')[0]})`)
  }
  const size = generator.inputs[0]?.shape[1]
  if (generator.inputs.length !== 1 || generator.inputs[0]?.shape.length !== 2 || !size)
    throw wrong('takes something else than one latent [n, size]')
  const named = (generator.getUserDefinedMetadata() as { gankit?: { latent?: Latent } } | undefined)?.gankit
    ?.latent
  return { generator, latent: named ?? { size, prior: normalPrior() } }
}
