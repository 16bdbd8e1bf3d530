import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { loadApp, readRun } from '@gankit/experiment/node'
import type { SavedGenerator } from '@gankit/inference'
import { exportPage, saveGenerator } from '@gankit/inference/node'
import { chooseRunTitle, splitName } from '../runs/describe.ts'
import { readEnding } from '../terminal/flags.ts'
import { formatCount } from '../terminal/format.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type GeneratorSource, openSource } from './find.ts'
import { checkNewFolder } from './new-folder.ts'

/** What was typed behind `gankit export`. */
export interface ExportFlags {
  readonly to: 'tfjs' | 'half' | 'html'
  readonly out: string
  readonly best?: boolean
}

/**
 * Writes a generator in one of three forms, and prints its size.
 * @throws GankitError for a place that is taken, a source that holds no generator, weights beyond 16 bits, and for html
 *   samples that are no pictures and layers that TensorFlow.js lacks; nothing is written then
 */
export async function exportGenerator(
  name: string,
  { to, out, ...which }: ExportFlags,
  terminal: Terminal,
): Promise<void> {
  await (to === 'html' ? checkPage(out) : checkNewFolder(out))
  const { source, generator, from } = await openSource(name, which)
  const written = await writers[to](out, generator, await chooseTitle(source, from))
  generator.dispose()
  const { size } = await stat(written)
  terminal.out.write(`${descriptions[to]} ${written}: ${formatCount(Math.ceil(size / 1000))} KB\n`)
}

const writers = {
  tfjs: (out: string, generator: SavedGenerator) => writeModel(out, generator, 'float32'),
  half: (out: string, generator: SavedGenerator) => writeModel(out, generator, 'float16'),
  async html(out: string, generator: SavedGenerator, title: string) {
    await exportPage(out, generator, { title })
    return out
  },
}

const descriptions = {
  tfjs: 'A model for tf.loadLayersModel, its weights in',
  half: 'A model for tf.loadLayersModel, its weights of 16 bits in',
  html: 'A page that draws samples, and opens from disk:',
}

/** The title of the app for a run and an app, else the words of the folder's name. */
async function chooseTitle(source: string, { kind }: GeneratorSource): Promise<string> {
  if (kind === 'run') return chooseRunTitle(await readRun(source))
  return kind === 'app' ? (await loadApp(source)).title : splitName(basename(resolve(source)))
}

/** @returns the file with the weights */
async function writeModel(
  out: string,
  generator: SavedGenerator,
  precision: 'float32' | 'float16',
): Promise<string> {
  await saveGenerator(out, generator, precision)
  return join(out, 'weights.bin')
}

/** @throws GankitError unless `out` can be a file that ends in .html */
async function checkPage(out: string): Promise<void> {
  if (readEnding(out) !== '.html')
    throw new GankitError('cli', 'option', `--out is '${out}', expected a file name that ends in .html`)
  if ((await stat(out).catch(() => undefined))?.isDirectory())
    throw new GankitError('cli', 'option', `${out} is a folder, expected a file name`)
}
