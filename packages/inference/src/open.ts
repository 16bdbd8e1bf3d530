import { GankitError, type Generator } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { GeneratorFiles } from './encode.ts'
import { type Refuse, readDescription, refuseModel } from './metadata.ts'
import { checkManifest, countWeightBytes, joinBytes } from './weights.ts'

/** A generator that was opened; the caller of `openGenerator` disposes of its weights. */
export interface SavedGenerator extends Generator {
  dispose(): void
}

/**
 * Opens a saved generator in a page, a worker or Node; folders open by `openGenerator` of `@gankit/inference/node`.
 * A model without gankit's metadata gets standard normal noise of its input's size.
 * @param source the address of its `model.json`, or what its files hold
 * @throws GankitError in one line when it can't be read or is no generator
 */
export function openGenerator(source: string | URL | GeneratorFiles): Promise<SavedGenerator> {
  return openModel(
    typeof source === 'string' || source instanceof URL ? urlSource(source) : filesSource(source),
  )
}

/** Where a model is read from. */
export interface ModelSource {
  /** Path or address of its `model.json`. */
  readonly path: string
  /** Path or address of a weight file, by its name. */
  locate(name: string): string
  /** What `model.json` holds. @throws SyntaxError when it is not JSON */
  readModel(): Promise<unknown>
  /** The weight files of these names. */
  readWeights(names: readonly string[]): Promise<Uint8Array[]>
}

/** Opens a model from any source. @throws GankitError in one line when it can't be read or is no generator */
export async function openModel(source: ModelSource): Promise<SavedGenerator> {
  const refuse = refuseModel(source.path)
  const json = await readModelJson(source, refuse)
  const manifest = checkManifest(json.weightsManifest, refuse)
  const weights = await readWeights(source, manifest)
  let model: tf.LayersModel
  try {
    model = await tf.loadLayersModel({
      load: () => tf.io.getModelArtifactsForJSON(json, async () => weights),
    })
  } catch (error) {
    throw refuse(`could not be opened (${formatReason(error)})`, layersModel)
  }
  try {
    return { ...readDescription(model, refuse), model, dispose: () => void model.dispose() }
  } catch (error) {
    model.dispose()
    throw error
  }
}

const layersModel = 'a TensorFlow.js layers model'

async function readModelJson(source: ModelSource, refuse: Refuse): Promise<tf.io.ModelJSON> {
  let json: tf.io.ModelJSON | null
  try {
    json = (await source.readModel()) as tf.io.ModelJSON | null
  } catch (error) {
    throw error instanceof SyntaxError ? refuse('is not JSON', layersModel) : error
  }
  if (!Array.isArray(json?.weightsManifest) || !json.modelTopology)
    throw refuse('has no topology or weights manifest', layersModel)
  if (json.format === 'graph-model') throw refuse('is a graph model', layersModel)
  return json
}

/** The weights that a manifest lists. @throws GankitError when files are missing or too short */
async function readWeights(
  { readWeights, locate }: ModelSource,
  manifest: tf.io.WeightsManifestConfig,
): Promise<[tf.io.WeightsManifestEntry[], ArrayBuffer]> {
  const names = manifest.flatMap(group => group.paths)
  const specs = manifest.flatMap(group => group.weights)
  const bytes = joinBytes(await readWeights(names))
  const needed = countWeightBytes(specs)
  if (bytes.length < needed)
    throw new GankitError(
      'inference',
      'data',
      `${[...new Set(names.map(locate))].join(' and ')} has ${bytes.length} bytes, expected ${needed} for the weights that model.json lists: it is cut short`,
    )
  return [specs, bytes.buffer]
}

/** TensorFlow.js's own words, without its list of guesses. */
function formatReason(error: unknown): string {
  const { message } = error as Error
  const layer = /^Unknown layer: (.+?)\. This may be/.exec(message)?.[1]
  if (layer) return `unknown layer ${layer}: import the package that it comes from`
  return message.split('\n')[0]!
}

function filesSource({ model, weights }: GeneratorFiles): ModelSource {
  return {
    path: 'model.json',
    locate: () => 'weights.bin',
    readModel: async () => model,
    readWeights: async () => [new Uint8Array(weights)],
  }
}

function urlSource(source: string | URL): ModelSource {
  const url = resolveUrl(source)
  const locate = (name: string) => new URL(encodeURIComponent(name), url).href
  return {
    path: url.href,
    locate,
    readModel: async () => (await fetchFile(url.href)).json(),
    readWeights: names =>
      Promise.all(
        names.map(async name => new Uint8Array(await (await fetchFile(locate(name))).arrayBuffer())),
      ),
  }
}

/** An address relative to the page, or in a worker to its script. */
function resolveUrl(source: string | URL): URL {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href
  if (source instanceof URL || URL.canParse(source, base)) return new URL(source, base)
  throw new GankitError(
    'inference',
    'option',
    `the source is '${source}', expected the address of a model.json; a folder is opened by openGenerator of @gankit/inference/node`,
  )
}

async function fetchFile(address: string): Promise<Response> {
  const refuse = (got: string, cause?: unknown) =>
    new GankitError('inference', 'file', `${address} ${got}, expected a file of a saved generator`, { cause })
  const response = await fetch(address).catch((error: Error) => {
    throw refuse(`could not be fetched (${error.message})`, error)
  })
  if (!response.ok) throw refuse(`answered ${response.status}`)
  return response
}
