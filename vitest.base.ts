import { resolve } from 'node:path'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const conditions = ['@gankit/source', 'module', 'import', 'default']

/** How every package is tested: on sources, in Node, with a file of results beside the package. */
export const base: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['@gankit/source', 'import', 'default'] } },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ['dot', 'json'],
    outputFile: { json: '.results/vitest.json' },
    passWithNoTests: false,
    // What a developer has installed there would be taken for a part of the project; tests of just that look there.
    env: { GANKIT_CACHE: resolve('.results/cache'), GANKIT_USERS_CACHE: process.env['GANKIT_CACHE'] ?? '' },
  },
})
