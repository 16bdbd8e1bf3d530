import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { deflateRawSync } from 'node:zlib'
import { GankitError, type Generator } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import { findCaptions } from '../captions.ts'
import { encodeGenerator } from '../encode.ts'
import { captionPage } from './caption-page.ts'
import { type DrawingPageOptions, drawingPage } from './drawing-page.ts'
import { type PageBody, pageDocument } from './page-document.ts'
import { samplePage } from './sample-page.ts'

/** What a page shows beside the generator. */
export interface PageOptions {
  readonly title: string
  /** Of a generator that starts from noise: samples in the grid. Default 64, and 9 drawings of a caption. */
  readonly count?: number
  /** Of a generator that starts from noise: the first seed. Default 0. */
  readonly seed?: number
  /** Of a generator that turns pictures into others: what one draws, and drawings to start from. */
  readonly drawing?: DrawingPageOptions
}

/**
 * Writes a generator as one HTML file, whole or not at all.
 * @throws GankitError as `createPage` does, and when the file can't be written
 */
export async function exportPage(path: string, generator: Generator, options: PageOptions): Promise<void> {
  await writeFileAtomic(path, await createPage(generator, options))
}

/**
 * A generator of images as one HTML document: it holds the weights, as 16-bit floats, and TensorFlow.js, opens from disk, and loads
 * nothing. Of a generator that starts from noise it draws samples, those of `drawSamples`; of one of captions it has a field for them; of
 * one that turns pictures into others it has a canvas to draw on, and shows what `sample` makes of the drawing.
 * @throws GankitError for samples that are no images, for inputs other than noise, categories, captions and images, for a layer that neither plain
 *   TensorFlow.js nor the page has, and for a weight beyond the range of 16 bits
 */
export async function createPage(
  generator: Generator,
  { title, drawing, ...samples }: PageOptions,
): Promise<string> {
  const { model: json, weights } = await encodeGenerator(generator, 'float16')
  const { weightsManifest, ...model } = json
  checkShape(generator)
  const captions = findCaptions(generator)
  const { data, about, main, ...files }: PageBody =
    generator.condition?.kind === 'image'
      ? drawingPage(generator, drawing)
      : captions
        ? captionPage(generator, captions, samples)
        : samplePage(generator, samples)
  checkLayers(model.modelTopology)
  const [styles, wasm, libraries, engine, modules] = await Promise.all([
    Promise.all([...['tokens.css', 'document.css'].map(readShared), ...files.styles.map(readPageFile)]),
    readFile(resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')),
    Promise.all(readLibraries()),
    readModules(engineModules),
    readModules(files.modules),
  ])
  const script = [...libraries.map(removeSourceMap), `{\n${engine}}`].join('\n')
  const weightSpecs = weightsManifest.flatMap(group => group.weights)
  return pageDocument(
    { model: { ...model, modelTopology: startAtZero(model.modelTopology) }, weightSpecs, ...data },
    {
      title,
      about,
      main,
      style: styles.join('\n'),
      script: modules,
      engine: script,
      packed: { engine: pack(script), wasm: pack(wasm), weights: pack(splitPlanes(weights)) },
      notice: `Made by gankit. TensorFlow.js is inside: Copyright Google LLC, Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0`,
      hash: text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
    },
  )
}

/** @throws GankitError for samples that are no pictures */
function checkShape({ sampleShape, output }: Generator): void {
  const isImage = sampleShape.length === 3 && [1, 3].includes(sampleShape[2]!)
  if (!isImage || output?.kind === 'sequence')
    throw new GankitError(
      'inference',
      'option',
      `sampleShape is [${sampleShape.join(', ')}], expected [height, width, channels] with 1 or 3 channels`,
    )
}

/** Layers from outside TensorFlow.js that a page has, in `page/engine/layers.js`. */
const pageLayers = [
  'InstanceNormalization',
  'AdaptiveInstanceNormalization',
  'ReflectionPadding',
  'PixelShuffle',
].map(name => `@gankit/layers>${name}`)

/**
 * Refuses a layer from outside TensorFlow.js that a page lacks: its class name has a package before it, as in
 * `@gankit/layers>RadialBasis`.
 * @param topology of a layers model, at any depth
 */
function checkLayers(topology: unknown): void {
  if (typeof topology !== 'object' || topology === null) return
  const { class_name: name } = topology as { class_name?: unknown }
  if (typeof name === 'string' && name.includes('>') && !pageLayers.includes(name))
    throw new GankitError(
      'inference',
      'data',
      `the generator has a layer ${name}, expected layers of TensorFlow.js or ${pageLayers.join(', ')}, as the page has no others: ` +
        'export the model, and open it where that package is imported',
    )
  for (const part of Object.values(topology)) checkLayers(part)
}

const { resolve } = createRequire(import.meta.url)

/** A file of this package's `page/`, which is the same in a checkout and installed. */
function readPageFile(name: string): Promise<string> {
  return readFile(resolve(`@gankit/inference/page/${name}`), 'utf8')
}

/** A style that all pages of one file have. */
function readShared(name: string): Promise<string> {
  return readFile(resolve(`@gankit/core/page/${name}`), 'utf8')
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
const engineModules = ['packed', 'engine/tfjs', 'engine/layers', 'engine/generator', 'engine/serve']

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
