import { existsSync, readdirSync, realpathSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { join } from 'node:path'

/**
 * Loads tfjs-node's binding, to be found loaded when tfjs-node requires it. Node itself looks a library's functions up
 * when they are first called, and where one is missing then, as in a TensorFlow of another version, it ends the
 * process. Here they are looked up at once, and a missing one is an error.
 * @param folder of tfjs-node; one without a binding is left for tfjs-node to complain about
 */
export function loadBinding(folder: string): void {
  const file = bindingOf(folder)
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

/** The one that tfjs-node takes: for the newest of Node's binary interfaces that this Node has. */
function bindingOf(folder: string): string | undefined {
  const library = join(folder, 'lib')
  const versions = (existsSync(library) ? readdirSync(library) : [])
    .map(name => Number(/^napi-v(\d+)$/.exec(name)?.[1]))
    .filter(version => version <= Number(process.versions['napi']))
    .sort((a, b) => b - a)
  const found = versions
    .map(version => join(library, `napi-v${version}`, 'tfjs_binding.node'))
    .find(file => existsSync(file))
  // As Node names it when tfjs-node requires it.
  return found && realpathSync(found)
}
