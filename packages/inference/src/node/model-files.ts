import { join } from 'node:path'
import { GankitError, isGankitError, normalPrior } from '@gankit/core'
import { findWholeFolder, readFileBytes, writeFolderAtomic } from '@gankit/core/node'
import * as tf from '@tensorflow/tfjs'
import { generatorArtifacts, type SavedGenerator, type WeightPrecision } from './generator-artifacts.ts'
import { latentOf } from './latent-metadata.ts'

/**
 * Saves a generator as a layers model, `model.json` and `weights.bin`, which plain `tf.loadLayersModel` opens; the
 * latent goes into its `userDefinedMetadata`.
 * @param precision 'float16' rounds weights to 16 bits, half the bytes
 * @throws GankitError when the folder can't be written or holds other files, and for a weight beyond the range of
 *   16 bits; what was there before is then still there
 */
export async function saveGenerator(
  folder: string,
  saved: SavedGenerator,
  precision?: WeightPrecision,
): Promise<void> {
  const { model, weightSpecs, weights } = await generatorArtifacts(saved, precision)
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }]
  const json = JSON.stringify({ ...model, weightsManifest })
  await writeFolderAtomic(folder, { 'weights.bin': weights, 'model.json': json })
}

/**
 * Opens a folder with a `model.json`. A model that names no latent gets standard normal noise of its input's size.
 * @throws GankitError when it can't be read or is no generator
 */
export async function loadGenerator(folder: string): Promise<SavedGenerator> {
  const place = await findWholeFolder(folder)
  const path = join(place, 'model.json')
  const wrong = (why: string, expected = 'a TensorFlow.js layers model') =>
    new GankitError('trainer', 'data', `${path} ${why}, expected ${expected}`)
  let json: tf.io.ModelJSON
  try {
    json = JSON.parse((await readFileBytes(path)).toString('utf8'))
  } catch (error) {
    throw error instanceof SyntaxError ? wrong('is not JSON') : error
  }
  if (!Array.isArray(json?.weightsManifest) || !json.modelTopology)
    throw wrong('has no topology or weights manifest')
  if (json.format === 'graph-model') throw wrong('is a graph model')

  let generator: tf.LayersModel
  try {
    generator = await tf.loadLayersModel({
      load: () => tf.io.getModelArtifactsForJSON(json, manifest => readWeights(place, manifest)),
    })
  } catch (error) {
    throw isGankitError(error) ? error : wrong(`could not be opened (${reasonOf(error)})`)
  }
  try {
    const { inputs, outputs } = generator
    const size = inputs[0]?.shape[1]
    if (inputs.length !== 1 || outputs.length !== 1 || inputs[0]?.shape.length !== 2 || !size) {
      const shapes = (of: tf.SymbolicTensor[]) =>
        of.map(({ shape }) => `[${shape.map(side => side ?? 'n').join(', ')}]`).join(' and ')
      throw wrong(`makes ${shapes(outputs)} of ${shapes(inputs)}`, 'one output of one latent [n, size]')
    }
    const named = latentOf(generator.getUserDefinedMetadata(), size, wrong)
    return { generator, latent: named ?? { size, prior: normalPrior() } }
  } catch (error) {
    generator.dispose()
    throw error
  }
}

/** The weights that a manifest lists. @throws GankitError when files are missing or too short */
async function readWeights(
  folder: string,
  manifest: tf.io.WeightsManifestConfig,
): Promise<[tf.io.WeightsManifestEntry[], ArrayBuffer]> {
  const paths = manifest.flatMap(group => group.paths.map(name => join(folder, name)))
  const specs = manifest.flatMap(group => group.weights)
  const bytes = Buffer.concat(await Promise.all(paths.map(readFileBytes)))
  const needed = specs.reduce((sum, spec) => sum + sizeOf(spec), 0)
  if (bytes.length < needed)
    throw new GankitError(
      'trainer',
      'data',
      `${paths.join(' and ')} has ${bytes.length} bytes, expected ${needed} for the weights that model.json lists: it is cut short`,
    )
  return [specs, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer]
}

const widths: Readonly<Record<string, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
}

/** Bytes of one weight; 0 for a kind whose size its shape does not tell. */
function sizeOf({ shape, dtype, quantization }: tf.io.WeightsManifestEntry): number {
  return (widths[quantization?.dtype ?? dtype] ?? 0) * tf.util.sizeFromShape(shape)
}

/** TensorFlow.js's own words, without its list of guesses. */
function reasonOf(error: unknown): string {
  const { message } = error as Error
  const layer = /^Unknown layer: (.+?)\. This may be/.exec(message)?.[1]
  if (layer) return `unknown layer ${layer}: import the package that it comes from`
  return message.split('\n')[0]!
}
