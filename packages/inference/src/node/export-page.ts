import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { deflateRawSync } from 'node:zlib'
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
  const [styles, wasm, libraries, engine, modules] = await Promise.all([
    Promise.all(['base.css', 'page.css', 'tiles.css'].map(readPageFile)),
    readFile(resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')),
    Promise.all(readLibraries()),
    readModules(engineModules),
    readModules(pageModules),
  ])
  const script = [...libraries.map(removeSourceMap), `{\n${engine}}`].join('\n')
  const weightSpecs = weightsManifest.flatMap(group => group.weights)
  return pageDocument(
    {
      model: { ...model, modelTopology: startAtZero(model.modelTopology) },
      weightSpecs,
      ...shown,
      count,
      seed,
    },
    {
      title,
      style: styles.join('\n'),
      script: modules,
      engine: script,
      packed: { engine: pack(script), wasm: pack(wasm), weights: pack(splitPlanes(weights)) },
      notice: `Made by gankit. TensorFlow.js is inside: Copyright Google LLC, Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0`,
      hash: text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
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

/** Modules that run where the generator does, each after those that it imports. */
const engineModules = ['packed', 'engine/generator', 'engine/serve']
/** Modules that run in the page. */
const pageModules = [
  'data',
  'packed',
  'words',
  'categories',
  'random',
  'blend',
  'generator',
  'save',
  'conditions',
  'gallery',
  'studio',
  'main',
]

/** Modules with no top-level name in common, as one: a page on disk can't import files beside it. */
async function readModules(names: readonly string[]): Promise<string> {
  const modules = await Promise.all(names.map(name => readPageFile(`${name}.js`)))
  return modules
    .map(text => text.replaceAll(/^import [^;]*? from '.*'\n/gm, '').replaceAll(/^export (?!\{)/gm, ''))
    .join('\n')
}

/** Bytes as base64 of their deflated form, which browsers inflate by themselves. */
function pack(bytes: string | Uint8Array): string {
  return deflateRawSync(bytes, { level: 9 }).toString('base64')
}

/** All even bytes, then all odd ones: the halves of 16-bit floats with the exponents deflate better by themselves. */
function splitPlanes(bytes: Uint8Array): Uint8Array {
  const planes = new Uint8Array(bytes.length)
  const odd = Math.ceil(bytes.length / 2)
  for (let i = 0; i < bytes.length; i++) planes[(i % 2) * odd + (i >> 1)] = bytes[i]!
  return planes
}

/** A topology whose layers draw no random weights when it is opened, as all of them are then read. */
function startAtZero(topology: unknown): object {
  const text = JSON.stringify(topology, (name, value) =>
    name.endsWith('_initializer') && value !== null ? { class_name: 'Zeros', config: {} } : value,
  )
  return JSON.parse(text) as object
}
