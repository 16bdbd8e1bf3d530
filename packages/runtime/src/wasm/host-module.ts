/** What gankit uses of a module that Emscripten made of tfjs's wasm backend. */
export interface HostModule {
  cwrap(name: string, returns: string | null, takes: readonly string[]): (...args: number[]) => number
  tfjs: Record<string, (...args: number[]) => number>
}

/** The argument of Emscripten's factory, which turns this very object into the module. */
export interface FactoryOptions {
  /** The address of a file. @param prefix the folder that Emscripten finds: that of the script, or '' */
  locateFile(path: string, prefix: string): string
  instantiateWasm?(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object
  onAbort?(why: unknown): void
}

/** What Emscripten made: a function that loads a module. */
export type Factory = (options: FactoryOptions) => Promise<HostModule>

/**
 * Has Emscripten get stand-ins for the eight workers that it starts with: gankit needs the shared memory of tfjs's threaded
 * module, on which gankit's own pool works, and none of its threads. A second pool would compete with gankit's for the same
 * cores, and tfjs starts its workers from the text of a function, which a minifier of a page breaks.
 * @param make calls the factory, which reads the global Worker before it returns
 */
export function withStandInWorkers<T>(make: () => T): T {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'Worker')
  // In Node, Emscripten also sets the global.
  Object.defineProperty(globalThis, 'Worker', { get: () => StandInWorker, set() {}, configurable: true })
  try {
    return make()
  } finally {
    if (before) Object.defineProperty(globalThis, 'Worker', before)
    else Reflect.deleteProperty(globalThis, 'Worker')
  }
}

/** Gives a module the functions that tfjs's own loader gives it. */
export function wrapCalls(wasm: HostModule): HostModule {
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
