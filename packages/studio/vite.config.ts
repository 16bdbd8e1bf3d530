import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
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

/** A site of static files that a host may serve from any path, since all addresses in it are relative. */
const config: UserConfig = defineConfig({
  base: './',
  plugins: [copyGenerators()],
  resolve: { conditions: ['@gankit/source', 'module', 'browser', 'import', 'default'] },
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  build: {
    outDir: 'site',
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      input: ['index.html', 'watch.html'].map(page => fileURLToPath(new URL(page, import.meta.url))),
      checks: { pluginTimings: false },
    },
  },
})

export default config
