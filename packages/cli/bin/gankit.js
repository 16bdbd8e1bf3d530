#!/usr/bin/env node
import { existsSync } from 'node:fs'
import module from 'node:module'

// Newer versions of Node keep the machine code of what was imported, which the next start then has at once.
module.enableCompileCache?.()
if (process.env.GANKIT_DEBUG) process.setSourceMapsEnabled(true)

try {
  // A checkout has sources, which are compiled when they have changed; an installed package has only dist.
  const compiler = new URL('../../../scripts/compile.js', import.meta.url)
  let folder = 'dist'
  if (existsSync(new URL('../test', import.meta.url)) && existsSync(compiler)) {
    const { compile } = await import(compiler.href)
    folder = await compile()
  }
  // Apps are loaded from the folder of the same name.
  process.env.GANKIT_COMPILED = folder
  const { main } = await import(new URL(`../${folder}/main.js`, import.meta.url).href)
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  // Not even the code that explains errors can be opened.
  if (error.code !== 'EMFILE') throw error
  process.stderr.write(
    '[gankit/cli] the system lets this process open too few files: raise the limit, such as by ulimit -n 1024\n',
  )
  process.exitCode = 2
}
