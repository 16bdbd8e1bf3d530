import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GankitError } from '@gankit/core'
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
  const file = await stat(path).then(
    found => (found.isDirectory() ? join(path, 'model.json') : path),
    cause => {
      throw fail('is not there', cause)
    },
  )
  try {
    const json = JSON.parse(await readFile(file, 'utf8')) as tf.io.ModelJSON
    const load = () =>
      tf.io.getModelArtifactsForJSON(json, async manifest => {
        const names = manifest.flatMap(({ paths }) => paths)
        const parts = await Promise.all(names.map(name => readFile(join(dirname(file), name))))
        const bytes = new Uint8Array(Buffer.concat(parts))
        return [manifest.flatMap(({ weights }) => weights), bytes.buffer]
      })
    const isGraph = json.format === 'graph-model'
    return await (isGraph ? tf.loadGraphModel({ load }) : tf.loadLayersModel({ load }))
  } catch (cause) {
    throw fail(`can't be opened (${(cause as Error).message.split('\n')[0]})`, cause)
  }
}
