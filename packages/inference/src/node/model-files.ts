import { join } from 'node:path'
import { type Generator, parseJson } from '@gankit/core'
import { findWholeFolder, readFileBytes, readFileSize, writeFolderAtomic } from '@gankit/core/node'
import type * as tf from '@tensorflow/tfjs'
import { encodeGenerator } from '../encode.ts'
import { refuseModel } from '../metadata.ts'
import { type ModelSource, readArtifacts, tooShort } from '../model-source.ts'
import { openModel, type SavedGenerator } from '../open.ts'
import type { WeightPrecision } from '../weights.ts'

/**
 * Saves a generator as a layers model, `model.json` and `weights.bin`, which plain `tf.loadLayersModel` opens; noise,
 * condition and sample shape go into its `userDefinedMetadata.gankit`.
 * @param precision 'float16' rounds weights to 16 bits, half the bytes
 * @throws GankitError when the folder can't be written or holds other files, for a model whose inputs or output are
 *   not those that the generator says, and for a weight beyond the range of 16 bits; what was there before is then
 *   still there
 */
export async function saveGenerator(
  folder: string,
  generator: Generator,
  precision?: WeightPrecision,
): Promise<void> {
  const { model, weights } = await encodeGenerator(generator, precision)
  await writeFolderAtomic(folder, { 'weights.bin': weights, 'model.json': JSON.stringify(model) })
}

/**
 * Opens a folder with a `model.json`. A model without gankit's metadata gets standard normal noise of its input's size.
 * Nothing outside the folder is read, whatever its files name or link to.
 * @throws GankitError in one line when it can't be read or is no generator
 */
export async function openGenerator(folder: string): Promise<SavedGenerator> {
  return openModel(folderSource(await findWholeFolder(folder)))
}

/**
 * Reads a layers or graph model and its weights from a folder, and checks that TensorFlow.js can open them.
 * @param name of its JSON file
 * @throws GankitError in one line when it can't be read, or is no such model
 */
export function readModelArtifacts(folder: string, name = 'model.json'): Promise<tf.io.ModelArtifacts> {
  const source = folderSource(folder, name)
  return readArtifacts(source, refuseModel(source.path))
}

/** Bytes of a `model.json`, at most: it describes layers, and holds no weights. */
const maxModelBytes = 2 ** 26

function folderSource(folder: string, model = 'model.json'): ModelSource {
  const locate = (name: string) => join(folder, name)
  return {
    path: locate(model),
    locate,
    async readModel() {
      const bytes = await readFileBytes(locate(model), { within: folder, maxBytes: maxModelBytes })
      return parseJson(bytes.toString('utf8'))
    },
    async readWeights(names, needed) {
      // All sizes are known before a byte is read.
      const sizes = await Promise.all(names.map(name => readFileSize(locate(name), folder)))
      const length = sizes.reduce((sum, size) => sum + size, 0)
      if (length < needed) throw tooShort(names.map(locate), length, needed)
      const parts: Uint8Array[] = []
      let left = needed
      for (const [i, name] of names.entries()) {
        const part = Math.min(left, sizes[i]!)
        left -= part
        parts.push(await readFileBytes(locate(name), { within: folder, length: part }))
      }
      return parts
    },
  }
}
