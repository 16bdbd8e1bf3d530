import { createRequire } from 'node:module'
import type { Worker } from 'node:worker_threads'
import { withoutTraces } from './without-traces.ts'

/** What is used here of the module that Emscripten made of tfjs's wasm backend. */
export interface WasmModule {
  cwrap(name: string, returns: string | null, takes: readonly string[]): (...args: number[]) => number
  readonly PThread: { readonly unusedWorkers: Worker[]; readonly runningWorkers: Worker[] }
  tfjs: Record<string, (...args: number[]) => number>
}

/** What the factory is handed; it makes the module of this very object. */
interface FactoryOptions extends Partial<WasmModule> {
  mainScriptUrlOrBlob: string
  locateFile(path: string): string | URL
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object
}

/**
 * tfjs switches threads off in Node. Its threaded module does run there once three things are done for it: the
 * worker's source is handed over as a module of its own, the logical cores, of which it uses half, are counted
 * anew, and the functions that tfjs calls are wrapped as its own loader would.
 * @param script path of tfjs-backend-wasm-threaded-simd.js
 * @param seconds how long its workers may take to answer
 * @throws Error when the binary is damaged, or a worker fails or doesn't answer; none is left running then
 */
export async function loadThreadedModule(
  script: string,
  binary: Uint8Array,
  threads: number,
  seconds = 20,
): Promise<WasmModule> {
  const factory = createRequire(import.meta.url)(script) as (options: FactoryOptions) => Promise<WasmModule>
  const compiled = await WebAssembly.compile(binary as BufferSource)
  let fail!: (error: Error) => void
  const failure = new Promise<never>((_, reject) => {
    fail = reject
  })
  const options: FactoryOptions = {
    mainScriptUrlOrBlob: script,
    locateFile: path =>
      path.endsWith('.worker.js') ? workerModule(script) : script.replace(/[^/\\]+$/, path),
    instantiateWasm(imports, receive) {
      for (const group of Object.values(imports) as Record<string, unknown>[])
        if ('emscripten_num_logical_cores' in group) group['emscripten_num_logical_cores'] = () => 2 * threads
      WebAssembly.instantiate(compiled, imports)
        .then(instance => receive(instance, compiled))
        .catch(error => fail(error))
      return {}
    },
  }
  const timer = setTimeout(
    () => fail(new Error(`no answer from its workers in ${seconds} s`)),
    1000 * seconds,
  )
  try {
    const wasm = await withoutTraces(() => {
      const ready = factory(options)
      for (const worker of options.PThread?.unusedWorkers ?? []) onError(worker, error => fail(error))
      return Promise.race([ready, failure])
    })
    // From here on nobody waits for an answer, and a product would wait for the lost worker for ever.
    fail = error => {
      throw error
    }
    wasm.tfjs = {
      init: wasm.cwrap('init', null, []),
      initWithThreadsCount: wasm.cwrap('init_with_threads_count', null, ['number']),
      getThreadsCount: wasm.cwrap('get_threads_count', 'number', []),
      registerTensor: wasm.cwrap('register_tensor', null, ['number', 'number', 'number']),
      disposeData: wasm.cwrap('dispose_data', null, ['number']),
      dispose: wasm.cwrap('dispose', null, []),
    }
    return wasm
  } catch (error) {
    // A worker that has not answered would keep the process alive for ever.
    for (const worker of options.PThread?.unusedWorkers ?? []) void worker.terminate()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** The worker's source is text inside a CommonJS file, to be evaluated where `require` is a global. */
function workerModule(script: string): URL {
  const path = JSON.stringify(script)
  const source = `import { createRequire } from 'node:module'
const require = createRequire(${path})
Object.assign(globalThis, { require, __filename: ${path} })
const { wasmWorkerContents } = require('./tfjs-backend-wasm-threaded-simd.worker.js')
;(0, eval)(wasmWorkerContents.replaceAll('\\n', '\\\\n'))`
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`)
}

/** Listens in the place of Emscripten, which throws a worker's error where nobody can catch it. */
function onError(worker: Worker, listener: (error: Error) => void): void {
  Object.defineProperty(worker, 'onerror', { get: () => () => undefined, set: () => undefined })
  worker.on('error', listener)
}
