#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { register } from 'node:module'

// In a checkout there are sources and tsx, so nothing has to be built; an installed package has only dist.
if (existsSync(new URL('../test', import.meta.url))) {
  process.env.GANKIT_SOURCE = '1'
  const { register: loadTypeScript } = await import('tsx/esm/api')
  loadTypeScript()
  register('./source-condition.js', import.meta.url)
  const { main } = await import('../src/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const { main } = await import('../dist/main.js')
  process.exitCode = await main(process.argv.slice(2))
}
