import { createRequire } from 'node:module'

/** What gankit uses of the module that Emscripten made of tfjs's wasm backend. */
export interface WasmModule {
  cwrap(name: string, returns: string | null, takes: readonly string[]): (...args: number[]) => number
  tfjs: Record<string, (...args: number[]) => number>
}

/** The argument of Emscripten's factory, which turns this very object into the module. */
interface FactoryOptions extends Partial<WasmModule> {
  locateFile(path: string): string
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object
}

/**
 * Loads tfjs's threaded module in Node, where tfjs itself loads a module without threads. gankit needs the shared memory
 * of the threaded one, on which the threads of gankit's own pool work, and none of its threads: a second pool would
 * compete with gankit's for the same cores. So Emscripten gets stand-ins for the eight workers that it starts with.
 * @param script path of tfjs-backend-wasm-threaded-simd.js
 * @param binary content of the .wasm file beside the script
 * @throws Error when the binary is damaged
 */
export async function loadThreadedModule(script: string, binary: Uint8Array): Promise<WasmModule> {
  const factory = createRequire(import.meta.url)(script) as (options: FactoryOptions) => Promise<WasmModule>
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
  const wasm = await withoutGlobalSideEffects(() => {
    // Emscripten sets this global to Node's Worker and reads the global at once.
    Object.defineProperty(globalThis, 'Worker', { get: () => StandInWorker, set() {}, configurable: true })
    return Promise.race([factory(options), failure])
  })
  // As tfjs's own loader wraps them.
  wasm.tfjs = {
    init: wasm.cwrap('init', null, []),
    initWithThreadsCount: wasm.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: wasm.cwrap('get_threads_count', 'number', []),
    registerTensor: wasm.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: wasm.cwrap('dispose_data', null, ['number']),
    dispose: wasm.cwrap('dispose', null, []),
  }
  return wasm
}

/** Stands in for a worker of Emscripten: reports at once that it has loaded the module, and starts no thread. */
class StandInWorker {
  onmessage: ((event: { readonly data: { readonly cmd: string } }) => void) | undefined

  postMessage({ cmd }: { readonly cmd: string }): void {
    if (cmd !== 'load')
      throw new Error(`tfjs's wasm module asks a worker to '${cmd}', expected a module on one thread`)
    this.onmessage?.({ data: { cmd: 'loaded' } })
  }

  on(): void {}
  unref(): void {}
  terminate(): void {}
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
