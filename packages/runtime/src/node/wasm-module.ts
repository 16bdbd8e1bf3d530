import { createRequire } from 'node:module'
import {
  type Factory,
  type FactoryOptions,
  type HostModule,
  withStandInWorkers,
  wrapCalls,
} from '../wasm/host-module.ts'

/**
 * Loads tfjs's threaded module in Node, where tfjs itself loads a module without threads; without the module's own
 * workers.
 * @param script path of tfjs-backend-wasm-threaded-simd.js
 * @param binary content of the .wasm file beside the script
 * @throws Error when the binary is damaged
 */
export async function loadThreadedModule(script: string, binary: Uint8Array): Promise<HostModule> {
  const factory = createRequire(import.meta.url)(script) as Factory
  const compiled = await WebAssembly.compile(binary as BufferSource)
  let fail!: (error: Error) => void
  const failure = new Promise<never>((_, reject) => {
    fail = reject
  })
  const options: FactoryOptions = {
    locateFile: path => script.replace(/[^/\\]+$/, path),
    instantiateWasm(imports, receive) {
      WebAssembly.instantiate(compiled, imports)
        .then(instance => receive(instance, compiled))
        .catch(error => fail(error))
      return {}
    },
  }
  return withoutGlobalSideEffects(async () =>
    wrapCalls(await Promise.race([withStandInWorkers(() => factory(options)), failure])),
  )
}

/**
 * Runs a loader that Emscripten wrote and undoes its changes to the process: listeners that rethrow every uncaught error
 * below pages of minified source, and a global Worker, for which other code would take Node for a browser.
 */
export async function withoutGlobalSideEffects<T>(load: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const
  const before = events.map(event => new Set(process.listeners(event as 'exit')))
  const worker = Object.getOwnPropertyDescriptor(globalThis, 'Worker')
  try {
    return await load()
  } finally {
    for (const [i, event] of events.entries())
      for (const listener of process.listeners(event as 'exit'))
        if (!before[i]!.has(listener)) process.off(event, listener)
    if (worker) Object.defineProperty(globalThis, 'Worker', worker)
    else Reflect.deleteProperty(globalThis, 'Worker')
  }
}
