import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin, type UserConfigFnObject } from 'vite'
import { catalog } from './src/apps/catalog.ts'

const apps = fileURLToPath(new URL('../../apps', import.meta.url))

/** The generators that come with the apps, as files of the site: `generators/APP/NAME/model.json`. */
function copyGenerators(): Plugin {
  return {
    name: 'copy-generators',
    generateBundle() {
      for (const { name, generators } of catalog)
        for (const { name: generator, folder } of generators)
          for (const file of readdirSync(`${apps}/${name}/${folder}`))
            this.emitFile({
              type: 'asset',
              fileName: `generators/${name}/${generator}/${file}`,
              source: readFileSync(`${apps}/${name}/${folder}/${file}`),
            })
    },
  }
}

/**
 * Static files that a host may serve from any path, since all addresses in them are relative: all pages in `dist/`; in mode
 * `watch` only that of `gankit watch`, which goes into the command's package.
 */
const config: UserConfigFnObject = defineConfig(({ mode }) => {
  const pages = mode === 'watch' ? ['watch.html'] : ['index.html', 'watch.html']
  return {
    base: './',
    plugins: mode === 'watch' ? [] : [copyGenerators()],
    resolve: { conditions: ['@gankit/source', 'module', 'browser', 'import', 'default'] },
    worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
    build: {
      outDir: mode === 'watch' ? '../cli/site' : 'dist',
      emptyOutDir: true,
      reportCompressedSize: false,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 3000,
      rolldownOptions: {
        input: pages.map(page => fileURLToPath(new URL(page, import.meta.url))),
        checks: { pluginTimings: false },
      },
    },
  }
})

export default config
