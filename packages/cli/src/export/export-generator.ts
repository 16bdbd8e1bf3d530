import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { generatorArtifacts, type SavedGenerator, saveGenerator, writeAside } from '@gankit/trainer/node'
import { generatorPage } from '@gankit/visualization/node'
import { appNameOf, type GeneratorSource, openGenerator } from '../generator-source.ts'
import type { Output } from '../output.ts'
import { checkPlace } from './check-place.ts'
import type { ExportFlags } from './export-flags.ts'

/**
 * Writes a generator in one of the kinds, and says how large it is.
 * @throws GankitError for a place that is taken, a source that holds no generator, weights beyond 16 bits, and of
 *   html for samples that are no pictures and layers that plain TensorFlow.js lacks; nothing is written then
 */
export async function exportGenerator(
  source: string,
  { to, out, ...which }: ExportFlags,
  output: Output,
): Promise<void> {
  await checkPlace(to, out)
  const saved = await openGenerator(source, which)
  const written = await writers[to](out, saved, await titleOf(source, saved.from))
  saved.generator.dispose()
  const { size } = await stat(written)
  output.out.write(`${says[to]} ${written}: ${kilobytes(size)} KB\n`)
}

const writers = {
  tfjs: (out: string, saved: SavedGenerator) => writeModel(out, saved, 'float32'),
  half: (out: string, saved: SavedGenerator) => writeModel(out, saved, 'float16'),
  async html(out: string, saved: SavedGenerator, title: string) {
    const artifacts = await generatorArtifacts(saved, 'float16')
    const sampleShape = saved.generator.outputs[0]!.shape.slice(1) as number[]
    await writeAside(out, await generatorPage({ title, ...artifacts, latent: saved.latent, sampleShape }))
    return out
  },
}

const says = {
  tfjs: 'A model for tf.loadLayersModel, its weights in',
  half: 'A model for tf.loadLayersModel, its weights of 16 bits in',
  html: 'A page that draws samples, and opens from disk:',
}

/** The app's name where one is known, else the folder's. */
async function titleOf(source: string, { kind }: GeneratorSource): Promise<string> {
  return (kind === 'run' && (await appNameOf(source))) || basename(resolve(source))
}

/** @returns the file with the weights */
async function writeModel(
  out: string,
  saved: SavedGenerator,
  precision: 'float32' | 'float16',
): Promise<string> {
  await saveGenerator(out, saved, precision)
  return join(out, 'weights.bin')
}

function kilobytes(bytes: number): string {
  return Math.ceil(bytes / 1000).toLocaleString('en')
}
