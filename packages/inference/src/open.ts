import type { Generator } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { GeneratorFiles } from './encode.ts'
import { filesSource, urlSource } from './fetch-source.ts'
import { readDescription, refuseModel } from './metadata.ts'
import { layersModel, type ModelSource, readArtifacts } from './model-source.ts'

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

/** Opens a model from any source. @throws GankitError in one line when it can't be read or is no generator */
export async function openModel(source: ModelSource): Promise<SavedGenerator> {
  const refuse = refuseModel(source.path)
  const artifacts = await readArtifacts(source, refuse)
  if (artifacts.format === 'graph-model') throw refuse('is a graph model', layersModel)
  let model: tf.LayersModel
  try {
    model = await tf.loadLayersModel({ load: async () => artifacts })
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

/** TensorFlow.js's own words, without its list of guesses. */
function formatReason(error: unknown): string {
  const { message } = error as Error
  const layer = /^Unknown layer: (.+?)\. This may be/.exec(message)?.[1]
  if (layer) return `unknown layer ${layer}: import the package that it comes from`
  return message.split('\n')[0]!
}
