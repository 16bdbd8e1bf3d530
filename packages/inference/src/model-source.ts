import { GankitError, isDeep } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Refuse } from './metadata.ts'
import { checkTopology } from './topology.ts'
import { checkManifest, countWeightBytes, joinBytes } from './weights.ts'

/** Where a model is read from. */
export interface ModelSource {
  /** Path or address of its `model.json`. */
  readonly path: string
  /** Path or address of a weight file, by its name. */
  locate(name: string): string
  /** What `model.json` holds. @throws SyntaxError when it is not JSON */
  readModel(): Promise<unknown>
  /**
   * The weight files of these names, one after another: as much of them as is needed, or all where there is less.
   * @param needed bytes
   */
  readWeights(names: readonly string[], needed: number): Promise<readonly Uint8Array[]>
}

export const layersModel = 'a TensorFlow.js layers model'

/**
 * Reads a model and its weights, and checks that TensorFlow.js can open them: their graph, their sizes, their files.
 * @throws GankitError in one line
 */
export async function readArtifacts(source: ModelSource, refuse: Refuse): Promise<tf.io.ModelArtifacts> {
  const json = await readModelJson(source, refuse)
  const manifest = checkManifest(json.weightsManifest, refuse)
  const specs = manifest.flatMap(group => group.weights)
  if (json.format !== 'graph-model') checkTopology(json.modelTopology, specs, refuse)
  const weights = await readWeights(source, manifest, specs)
  return tf.io.getModelArtifactsForJSON(json, async () => [specs, weights])
}

async function readModelJson(source: ModelSource, refuse: Refuse): Promise<tf.io.ModelJSON> {
  let json: tf.io.ModelJSON | null
  try {
    json = (await source.readModel()) as tf.io.ModelJSON | null
  } catch (error) {
    throw error instanceof SyntaxError ? refuse('is not JSON', layersModel) : error
  }
  if (!Array.isArray(json?.weightsManifest) || !json.modelTopology)
    throw refuse('has no topology or weights manifest', layersModel)
  if (isDeep(json)) throw refuse('has lists inside one another without end', layersModel)
  return json
}

/** The weights that a manifest lists. @throws GankitError when files are missing or too short */
async function readWeights(
  { readWeights, locate }: ModelSource,
  manifest: tf.io.WeightsManifestConfig,
  specs: readonly tf.io.WeightsManifestEntry[],
): Promise<ArrayBuffer> {
  const names = manifest.flatMap(group => group.paths)
  const needed = countWeightBytes(specs)
  const parts = await readWeights(names, needed)
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length < needed) throw tooShort(names.map(locate), length, needed)
  return joinBytes(parts).buffer
}

/** Weight files that hold less than their model has. */
export function tooShort(paths: readonly string[], bytes: number, needed: number): GankitError {
  return new GankitError(
    'inference',
    'data',
    `${[...new Set(paths)].join(' and ')} has ${bytes} bytes, expected ${needed} for the weights that model.json lists: it is cut short`,
  )
}
