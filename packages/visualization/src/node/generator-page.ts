import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { generatorDocument } from '../generator-page/document.ts'
import type { GeneratorPage } from '../generator-page/generator-page.ts'
import { readPage, sha256 } from './page-files.ts'

/**
 * A generator as one HTML file that draws its samples: it holds the weights and TensorFlow.js, opens from disk, and
 * loads nothing. The samples of a seed are those of `gankit sample`.
 * @throws GankitError for samples that are no pictures, and for a layer that plain TensorFlow.js lacks
 */
export async function generatorPage(page: GeneratorPage): Promise<string> {
  const [base, style, wasm, runtime, backend, ...modules] = await Promise.all([
    readPage('base.css'),
    readPage('generator/generator.css'),
    readFile(resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'), 'base64'),
    readFile(resolve('@tensorflow/tfjs/dist/tf.es2017.min.js'), 'utf8'),
    readFile(resolve('@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.es2017.min.js'), 'utf8'),
    ...modulesInOrder.map(name => readPage(`generator/${name}.js`)),
  ])
  const weights = Buffer.from(page.weights).toString('base64')
  return generatorDocument(
    { ...page, weights, wasm },
    {
      styles: [base!, style!],
      scripts: [
        ...[runtime!, backend!].map(text => ({ kind: 'classic' as const, text: withoutMap(text) })),
        { kind: 'module', text: oneModule(modules) },
      ],
      hash: sha256,
    },
  )
}

const { resolve } = createRequire(import.meta.url)

/** The map of a script is not with the page. */
const withoutMap = (script: string) => script.replace(/\/\/# sourceMappingURL=.*\s*$/, '')

/** Each after those that it imports. */
const modulesInOrder = [
  'data',
  'words',
  'condition',
  'random',
  'blend',
  'generator',
  'gallery',
  'asked',
  'studio',
  'main',
]

/** Modules that name nothing alike, as one: a page on disk can't import files beside it. */
function oneModule(modules: readonly string[]): string {
  return modules
    .map(text => text.replaceAll(/^import [^;]*? from '.*'\n/gm, '').replaceAll(/^export (?!\{)/gm, ''))
    .join('\n')
}
