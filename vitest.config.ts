import { defineConfig } from 'vitest/config'

/** `pnpm vitest` at the root runs every package's tests in one watch. */
export default defineConfig({ test: { projects: ['packages/*', 'apps/*', 'bench', 'examples'] } })
