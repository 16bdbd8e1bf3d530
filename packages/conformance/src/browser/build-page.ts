import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import webpack from 'webpack'

/** What builds a page for production, with its own minifier as it comes. */
export type Bundler = 'vite' | 'webpack'

const conditions = ['@gankit/source', 'module', 'browser', 'import', 'default']

/** Builds a page of pages/ for production: index.html, and scripts beside it or in assets/. */
export async function buildPage(bundler: Bundler, page: string, outDir: string): Promise<void> {
  const root = join(import.meta.dirname, 'pages', page)
  if (bundler === 'vite')
    return void (await build({
      configFile: false,
      root,
      base: './',
      logLevel: 'error',
      resolve: { conditions },
      worker: { format: 'es' },
      build: { outDir, emptyOutDir: true, reportCompressedSize: false },
    }))
  await runWebpack({
    mode: 'production',
    context: root,
    entry: './page.ts',
    output: { path: outDir, filename: 'page.js', chunkFilename: '[name].js' },
    resolve: {
      conditionNames: conditions,
      // Layers and other backends would take half a minute to minify.
      alias: { '@tensorflow/tfjs$': findCore(), '@tensorflow/tfjs-backend-webgpu': false },
    },
    module: {
      rules: [
        { test: /\.ts$/, type: 'javascript/auto', use: join(import.meta.dirname, 'typescript-loader.cjs') },
      ],
    },
    performance: false,
  })
  const html = await readFile(join(root, 'index.html'), 'utf8')
  await writeFile(join(outDir, 'index.html'), html.replace('page.ts', 'page.js'))
}

/** The core of tfjs, found as the runtime finds it. */
function findCore(): string {
  const runtime = createRequire(import.meta.url).resolve('@gankit/runtime/package.json')
  const core = createRequire(runtime).resolve('@tensorflow/tfjs-core/package.json')
  return join(dirname(core), 'dist/index.js')
}

function runWebpack(configuration: webpack.Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack(configuration, (error, stats) => {
      if (error) reject(error)
      else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })))
      else resolve()
    })
  })
}
