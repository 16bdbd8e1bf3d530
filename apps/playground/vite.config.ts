import { defineConfig, type UserConfig } from 'vite'

/** A site of static files that a host may serve from any path, since all addresses in it are relative. */
const config: UserConfig = defineConfig({
  base: './',
  resolve: { conditions: ['@gankit/source', 'module', 'browser', 'import', 'default'] },
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  build: {
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 3000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
})

export default config
