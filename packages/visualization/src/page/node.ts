import { readFile } from 'node:fs/promises'
import { renderDocument } from '../html/document.ts'
import { hashScript, readPageAsset, resolveAsset } from '../html/node.ts'
import { type GeneratorPage, generatorContent } from './content.ts'

/**
 * A generator as one HTML file that draws its samples: the file holds the weights and TensorFlow.js, opens from disk, and
 * loads nothing. The samples of a seed are those of `gankit sample`.
 * @throws GankitError for samples that are no pictures, and for a layer that plain TensorFlow.js lacks
 */
export async function generatorPage(page: GeneratorPage): Promise<string> {
  const [base, style, wasm, runtime, backend, ...modules] = await Promise.all([
    readPageAsset('base.css'),
    readPageAsset('generator/generator.css'),
    readFile(resolveAsset('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'), 'base64'),
    readFile(resolveAsset('@tensorflow/tfjs/dist/tf.es2017.min.js'), 'utf8'),
    readFile(resolveAsset('@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.es2017.min.js'), 'utf8'),
    ...modulesInOrder.map(name => readPageAsset(`generator/${name}.js`)),
  ])
  const weights = Buffer.from(page.weights).toString('base64')
  return renderDocument(generatorContent({ ...page, weights, wasm }), {
    styles: [base!, style!],
    scripts: [
      ...[runtime!, backend!].map(text => ({ kind: 'classic' as const, text: removeSourceMap(text) })),
      { kind: 'module', text: joinModules(modules) },
    ],
    hash: hashScript,
  })
}

/** A script without the address of its source map, a file that the page doesn't have. */
function removeSourceMap(script: string): string {
  return script.replace(/\/\/# sourceMappingURL=.*\s*$/, '')
}

/** The page's modules, each after the modules that it imports. */
const modulesInOrder = [
  'data',
  'texts',
  'condition-size',
  'random',
  'latent-path',
  'generator',
  'gallery',
  'conditions',
  'studio',
  'main',
]

/** Several modules as one, since a page on disk can't import files beside it. No two may declare the same name. */
function joinModules(modules: readonly string[]): string {
  return modules
    .map(text => text.replaceAll(/^import [^;]*? from '.*'\n/gm, '').replaceAll(/^export (?!\{)/gm, ''))
    .join('\n')
}
