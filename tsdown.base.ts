import { defineConfig, type UserConfig } from 'tsdown'

/** How every library here is built: ESM with declarations, entries one to one, nothing bundled from outside. */
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
  }) as UserConfig
}
