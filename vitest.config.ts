import { defineConfig } from 'vitest/config'

/** `npx vitest` at the root runs every package's tests in one watch. */
export default defineConfig({ test: { projects: ['packages/*', 'apps/*', 'bench', 'examples'] } })
