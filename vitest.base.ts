import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { requiringModule } from './scripts/requiring-module.js'

const conditions = ['@gankit/source', 'module', 'import', 'default']

/** Has every test file require TensorFlow.js, the same copy that Node would import: that takes half as long. */
function requiredTensorFlow() {
  const mark = '?required'
  return {
    name: 'required-tensorflow',
    enforce: 'pre' as const,
    resolveId(source: string, importer: string | undefined) {
      if (!importer || !/^@tensorflow\/tfjs(-core|-backend-wasm)?$/.test(source)) return undefined
      return createRequire(importer).resolve(source) + mark
    },
    load(id: string) {
      if (!id.endsWith(mark)) return undefined
      const file = id.slice(0, -mark.length)
      return requiringModule(file, createRequire(file))
    },
  }
}

const [tests, freshTests] = ['test/**/*.test.ts', 'test/**/*.alone.test.ts']

interface ProjectOptions {
  readonly include: string[]
  readonly exclude?: string[]
  readonly setupFiles?: string[]
  readonly isolate: boolean
}

function project(name: string, test: ProjectOptions) {
  return { extends: true as const, test: { name, ...test } }
}

/** How every package is tested: on sources, in Node, with a file of results beside the package. */
export const base: ViteUserConfig = defineConfig({
  plugins: [requiredTensorFlow()],
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['@gankit/source', 'import', 'default'] } },
  test: {
    environment: 'node',
    server: { deps: { inline: [/\?required$/] } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // What is waited for comes as fast as the machine is; only what never comes fails.
    expect: { poll: { timeout: 120_000 } },
    reporters: ['dot', 'json'],
    outputFile: { json: '.results/vitest.json' },
    passWithNoTests: false,
    projects: [
      // Files share a process and with it TensorFlow.js, whose loading takes longer than most of them.
      project('together', {
        include: [tests],
        exclude: [freshTests],
        setupFiles: [resolve(import.meta.dirname, 'vitest.setup.ts')],
        isolate: false,
      }),
      // Files that mock a module, or need one that nobody has used, get a process of their own.
      project('alone', { include: [freshTests], isolate: true }),
    ],
    // What a developer has installed there would be taken for a part of the project; tests of just that look there.
    env: { GANKIT_CACHE: resolve('.results/cache'), GANKIT_USERS_CACHE: process.env['GANKIT_CACHE'] ?? '' },
  },
})

const { projects: _, ...inOneProject } = base.test!

/**
 * The same where nearly every file starts backends and changes their kernels: each gets a process of its own. Much of them waits for a
 * browser, so two run at a time on two cores too.
 */
export const alone: ViteUserConfig = { ...base, test: { ...inOneProject, include: [tests], maxWorkers: 2 } }
