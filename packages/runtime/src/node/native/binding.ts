import { existsSync, readdirSync, realpathSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { join } from 'node:path'

/**
 * Loads tfjs-node's binding before tfjs-node requires it. Node itself would bind each function of the library at its first
 * call, and end the process where one is missing, as in a TensorFlow of another version. Here all functions are bound at
 * once, and a missing one is an error.
 * @param folder of tfjs-node; a folder without a binding is left to tfjs-node's own error
 * @throws Error that names the missing function
 */
export function loadBinding(folder: string): void {
  const file = findBinding(folder)
  const { cache } = createRequire(import.meta.url)
  if (!file || cache[file]) return
  const module = new Module(file)
  module.filename = file
  try {
    process.dlopen(module, file, constants.dlopen.RTLD_NOW)
  } catch (error) {
    const [why] = (error as Error).message.split('\n')
    throw new Error(why!.includes('undefined symbol') ? `${why}: it was built for another TensorFlow` : why)
  }
  module.loaded = true
  cache[file] = module
}

/** The binding that tfjs-node takes: that for the newest Node-API that this Node supports. */
function findBinding(folder: string): string | undefined {
  const library = join(folder, 'lib')
  const versions = (existsSync(library) ? readdirSync(library) : [])
    .map(name => Number(/^napi-v(\d+)$/.exec(name)?.[1]))
    .filter(version => version <= Number(process.versions['napi']))
    .sort((a, b) => b - a)
  const found = versions
    .map(version => join(library, `napi-v${version}`, 'tfjs_binding.node'))
    .find(file => existsSync(file))
  // Node caches modules by their real path.
  return found && realpathSync(found)
}
