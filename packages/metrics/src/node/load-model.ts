import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { GankitError } from '@gankit/core'
import { readModelArtifacts } from '@gankit/inference/node'
import * as tf from '@tensorflow/tfjs'

/**
 * Opens a layers or graph model of TensorFlow.js from a disk, without native TensorFlow.
 * @param path a folder with a model.json, or that file
 * @throws GankitError when it can't be read or is no such model
 */
export async function loadModel(path: string): Promise<tf.LayersModel | tf.GraphModel> {
  const fail = (what: string, cause?: unknown) =>
    new GankitError(
      'metrics',
      'file',
      `${path} ${what}, expected a model of TensorFlow.js: a folder with model.json and the weights that it names`,
      { cause },
    )
  const found = await stat(path).catch(cause => {
    throw fail('is not there', cause)
  })
  try {
    const artifacts = await (found.isDirectory()
      ? readModelArtifacts(path)
      : readModelArtifacts(dirname(path), basename(path)))
    const load = async () => artifacts
    const isGraph = artifacts.format === 'graph-model'
    return await (isGraph ? tf.loadGraphModel({ load }) : tf.loadLayersModel({ load }))
  } catch (cause) {
    const why = (cause as Error).message.split('\n')[0]!.replace(/^\[gankit\/\w+\] /, '')
    throw fail(`can't be opened (${why})`, cause)
  }
}
