import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig, type UserConfig } from 'tsdown'
import { requiringModule } from './scripts/requiring-module.js'

/**
 * How every library here is built: ESM with declarations, entries one to one, nothing bundled from outside. Where Node
 * itself runs it, TensorFlow.js is required, which takes half as long as importing it; a bundler sees an import.
 */
export function library(entry: string[]): UserConfig {
  return defineConfig({
    entry,
    format: 'esm',
    platform: 'neutral',
    target: 'node20.19',
    outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
    dts: { oxc: true },
    sourcemap: true,
    deps: { neverBundle: [/^node:/, /^@gankit\//, /^@tensorflow\//] },
    plugins: [requiredInNode()],
  }) as UserConfig
}

/** By the module that stands for it, in package.json: a `.node.js` in dist that requires it, and its ESM elsewhere. */
const standIns = new Map([
  ['@tensorflow/tfjs', '@gankit/core/tfjs'],
  ['@tensorflow/tfjs-core', '#tfjs-core'],
  ['@tensorflow/tfjs-backend-wasm', '#tfjs-backend-wasm'],
])

/** Has a build import the stand-ins of TensorFlow.js's packages, and writes those that its package.json names. */
function requiredInNode() {
  const { exports, imports = {} } = JSON.parse(readFileSync('package.json', 'utf8'))
  return {
    name: 'required-in-node',
    renderChunk(code: string, { fileName }: { fileName: string }) {
      // Types come from the package itself, and so does what stands for it elsewhere.
      if (fileName.endsWith('.d.ts') || fileName === 'tfjs.js') return null
      const changed = code.replaceAll(/(?<= from ")@tensorflow\/[\w-]+(?=";)/g, name => {
        const standIn = standIns.get(name) ?? name
        if (standIn.startsWith('#') && !(standIn in imports))
          throw new Error(`package.json names no import '${standIn}', which stands for ${name}`)
        return standIn
      })
      // No line has moved, so the map still holds.
      return { code: changed, map: null }
    },
    generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): void }) {
      const require = createRequire(resolve('package.json'))
      for (const target of [exports['./tfjs'], ...Object.values(imports)]) {
        const name = target?.node?.match(/^\.\/dist\/(.*)\.node\.js$/)?.[1]
        const source = name && requiringModule(`@tensorflow/${name}`, require)
        if (source) this.emitFile({ type: 'asset', fileName: `${name}.node.js`, source })
      }
    },
  }
}
