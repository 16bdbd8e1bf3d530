import { mergeConfig, type ViteUserConfig } from 'vitest/config'
import { base } from '../../vitest.base.ts'

// Each test starts commands whose threads wait by spinning: more of them at once than cores slow down all.
const config: ViteUserConfig = mergeConfig(base, { test: { fileParallelism: false, maxConcurrency: 2 } })

export default config
