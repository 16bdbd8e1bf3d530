import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Generator } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import { encodeGenerator } from '../encode.ts'
import { checkPageGenerator, pageDocument } from './page-document.ts'

/** What a page shows beside the generator. */
export interface PageOptions {
  readonly title: string
  /** Samples in the grid. Default 64. */
  readonly count?: number
  /** The first seed. Default 0. */
  readonly seed?: number
}

/**
 * Writes a generator as one HTML file, whole or not at all.
 * @throws GankitError as `createPage` does, and when the file can't be written
 */
export async function exportPage(path: string, generator: Generator, options: PageOptions): Promise<void> {
  await writeFileAtomic(path, await createPage(generator, options))
}

/**
 * A generator of images as one HTML document that draws its samples: it holds the weights, as 16-bit floats, and
 * TensorFlow.js, opens from disk, and loads nothing. The samples of a seed are those of `drawSamples`.
 * @throws GankitError for samples that are no images, for inputs other than noise and categories, for a layer that plain
 *   TensorFlow.js lacks, and for a weight beyond the range of 16 bits
 */
export async function createPage(
  generator: Generator,
  { title, count = 64, seed = 0 }: PageOptions,
): Promise<string> {
  const { model: json, weights } = await encodeGenerator(generator, 'float16')
  const { weightsManifest, ...model } = json
  const shown = checkPageGenerator(generator, model.modelTopology)
  const [styles, wasm, libraries, modules] = await Promise.all([
    Promise.all(['base.css', 'page.css'].map(readPageFile)),
    readFile(resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'), 'base64'),
    Promise.all(readLibraries()),
    Promise.all(modulesInOrder.map(name => readPageFile(`${name}.js`))),
  ])
  const weightSpecs = weightsManifest.flatMap(group => group.weights)
  return pageDocument(
    { model, weightSpecs, weights: Buffer.from(weights).toString('base64'), wasm, ...shown, count, seed },
    {
      title,
      style: styles.join('\n'),
      scripts: [
        ...libraries.map(text => ({ kind: 'classic' as const, text: removeSourceMap(text) })),
        { kind: 'module', text: joinModules(modules) },
      ],
      hash: script => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    },
  )
}

const { resolve } = createRequire(import.meta.url)

/** A file of this package's `page/`, which is the same in a checkout and installed. */
function readPageFile(name: string): Promise<string> {
  return readFile(resolve(`@gankit/inference/page/${name}`), 'utf8')
}

/**
 * The parts of TensorFlow.js that a page needs, each a classic script that adds to the global `tf`. They are those of the
 * installed @tensorflow/tfjs, beside which its parts are found.
 */
function readLibraries(): Promise<string>[] {
  const parts = createRequire(resolve('@tensorflow/tfjs'))
  const files = ['core', 'layers', 'backend-cpu', 'backend-webgl'].map(name =>
    parts.resolve(`@tensorflow/tfjs-${name}/dist/tf-${name}.es2017.min.js`),
  )
  const wasm = resolve('@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.es2017.min.js')
  return [...files, wasm].map(file => readFile(file, 'utf8'))
}

/** The map of a script is not with the page. */
function removeSourceMap(script: string): string {
  return script.replace(/\/\/# sourceMappingURL=.*\s*$/, '')
}

/** Each after those that it imports. */
const modulesInOrder = [
  'data',
  'words',
  'categories',
  'random',
  'blend',
  'generator',
  'gallery',
  'conditions',
  'studio',
  'main',
]

/** Modules with no top-level name in common, as one: a page on disk can't import files beside it. */
function joinModules(modules: readonly string[]): string {
  return modules
    .map(text => text.replaceAll(/^import [^;]*? from '.*'\n/gm, '').replaceAll(/^export (?!\{)/gm, ''))
    .join('\n')
}
