import { join } from 'node:path'
import type { Generator } from '@gankit/core'
import { findWholeFolder, readFileBytes, writeFolderAtomic } from '@gankit/core/node'
import { encodeGenerator } from '../encode.ts'
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
 * @throws GankitError in one line when it can't be read or is no generator
 */
export async function openGenerator(folder: string): Promise<SavedGenerator> {
  const place = await findWholeFolder(folder)
  const locate = (name: string) => join(place, name)
  return openModel({
    path: locate('model.json'),
    locate,
    readModel: async () => JSON.parse((await readFileBytes(locate('model.json'))).toString('utf8')),
    readWeights: names => Promise.all(names.map(name => readFileBytes(locate(name)))),
  })
}
