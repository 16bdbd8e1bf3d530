import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import { loadApp, readRun } from '@gankit/experiment/node'
import { exportOnnx, findCaptions, type SavedGenerator } from '@gankit/inference'
import { type DrawingPageOptions, exportPage, saveGenerator } from '@gankit/inference/node'
import { chooseRunTitle, splitName } from '../runs/describe.ts'
import { readEnding } from '../terminal/flags.ts'
import { formatCount, formatPlural } from '../terminal/format.ts'
import { checkImages } from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type GeneratorSource, openSource, type SourceOptions } from './find.ts'
import { checkNewFolder } from './new-folder.ts'
import { describeOrigin } from './origin.ts'
import { readPageInputs } from './page-inputs.ts'

/** What was typed behind `gankit export`. */
export interface ExportFlags extends SourceOptions {
  readonly to: 'tfjs' | 'half' | 'html' | 'onnx' | 'onnx-half'
  readonly out: string
  /** For a page to draw on: pictures to start from, false for none, true for inputs of the generator. */
  readonly examples?: string | boolean
}

/**
 * Writes a generator in one of five forms, and prints its size.
 * @throws GankitError for a place that is taken, a source that holds no generator, weights beyond 16 bits, for html
 *   samples that are no pictures and layers that a page lacks, for ONNX layers that have no writer; nothing is written then
 */
export async function exportGenerator(
  name: string,
  { to, out, examples = true, ...which }: ExportFlags,
  { out: stdout, progress: stream }: Terminal,
  signal: AbortSignal,
): Promise<void> {
  if (examples !== true && to !== 'html')
    throw new GankitError(
      'cli',
      'option',
      `${examples === false ? '--no-examples is given' : `--examples is '${examples}'`} with --to ${to}, expected --to html: leave it out`,
    )
  const ending = endings[to]
  await (ending === undefined ? checkNewFolder('--out', out) : checkFile(out, ending))
  const { source, generator, from } = await openSource(name, which)
  try {
    const about = { title: await chooseTitle(source, from), origin: await describeOrigin(source, from) }
    const { condition } = generator
    const isDrawn = condition?.kind === 'image'
    if (to === 'html') checkImages(source, generator.sampleShape, 'a page (--to html)')
    if (!isDrawn && examples !== true)
      throw new GankitError(
        'cli',
        'option',
        `${examples === false ? '--no-examples is given' : `--examples is '${examples}'`}, and the generator of ${source} takes no pictures, expected one that turns pictures into others: leave it out`,
      )
    const drawing =
      isDrawn && to === 'html'
        ? await readPageInputs(source, from, condition, examples, { stream, signal })
        : undefined
    const written = await writers[to](out, generator, { ...about, ...(drawing && { drawing }) })
    const { size } = await stat(written)
    const isCaptioned = to === 'html' && findCaptions(generator)
    const what = drawing
      ? describePage(drawing)
      : isCaptioned
        ? 'A page that draws what one writes, and opens from disk:'
        : descriptions[to]
    stdout.write(`${what} ${written}: ${formatCount(Math.ceil(size / 1000))} KB\n`)
  } finally {
    generator.dispose()
  }
}

/** What a file says of a generator. */
interface About {
  readonly title: string
  readonly origin: Readonly<Record<string, string>>
  readonly drawing?: Awaited<ReturnType<typeof readPageInputs>>
}

/** What the names of single files end in; the others are folders. */
const endings: Readonly<Partial<Record<ExportFlags['to'], string>>> = {
  html: '.html',
  onnx: '.onnx',
  'onnx-half': '.onnx',
}

const writers = {
  tfjs: (out: string, generator: SavedGenerator) => writeModel(out, generator, 'float32'),
  half: (out: string, generator: SavedGenerator) => writeModel(out, generator, 'float16'),
  async html(out: string, generator: SavedGenerator, { title, origin, drawing }: About) {
    const { data, ...options } = drawing ?? {}
    await exportPage(out, generator, {
      title,
      ...(drawing && { drawing: { ...options, origin: { ...origin, ...(data && { data }) } } }),
    })
    return out
  },
  onnx: (out: string, generator: SavedGenerator, about: About) => writeOnnx(out, generator, about, 'float32'),
  'onnx-half': (out: string, generator: SavedGenerator, about: About) =>
    writeOnnx(out, generator, about, 'float16'),
}

const descriptions = {
  tfjs: 'A model for tf.loadLayersModel, its weights in',
  half: 'A model for tf.loadLayersModel, its weights of 16 bits in',
  html: 'A page that draws samples, and opens from disk:',
  onnx: 'A model for onnxruntime and others:',
  'onnx-half': 'A model for onnxruntime and others, its weights of 16 bits:',
}

/** What a page is for, and whose pictures are in it. */
function describePage({ input, examples = [] }: DrawingPageOptions): string {
  const what = {
    lines: 'A page to draw on',
    labels: 'A page to paint labels on',
    pictures: 'A page for pictures of your own',
  }[input?.kind ?? 'pictures']
  return `${what}, with ${formatPlural(examples.length, 'input')} to start from, which opens from disk:`
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

/** @returns the file */
async function writeOnnx(
  out: string,
  generator: SavedGenerator,
  { title, origin }: About,
  precision: 'float32' | 'float16',
): Promise<string> {
  await writeFileAtomic(out, await exportOnnx(generator, { title, metadata: origin, precision }))
  return out
}

/** @throws GankitError unless `out` can be a file that ends so */
async function checkFile(out: string, ending: string): Promise<void> {
  if (readEnding(out) !== ending)
    throw new GankitError('cli', 'option', `--out is '${out}', expected a file name that ends in ${ending}`)
  if ((await stat(out).catch(() => undefined))?.isDirectory())
    throw new GankitError(
      'cli',
      'option',
      `--out is '${out}', which is a folder, expected a file name: choose another one`,
    )
}
