import type { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as single from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js'
import * as threaded from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js'
import {
  type Factory,
  type FactoryOptions,
  type HostModule,
  withStandInWorkers,
  wrapCalls,
} from '../wasm/host-module.ts'
import { hasSimd } from '../wasm/thread-pool.ts'
import { withTimeout } from './with-timeout.ts'

export type WasmPaths = Parameters<typeof setWasmPaths>[0]

/**
 * Loads tfjs's module in a page or a worker, with memory that threads share or without. tfjs's own loader would hand the
 * text of a function to its workers, which holds no more once a minifier has renamed what the function uses.
 * @throws Error that names the file where it can't be loaded
 */
export async function loadModule(shared: boolean, paths: WasmPaths | undefined): Promise<HostModule> {
  const simd = hasSimd() ? ('tfjs-backend-wasm-simd.wasm' as const) : ('tfjs-backend-wasm.wasm' as const)
  const name = shared ? ('tfjs-backend-wasm-threaded-simd.wasm' as const) : simd
  const factory = readFactory(shared ? threaded : single)
  let address: string = name
  let abort!: (error: Error) => void
  const aborted = new Promise<never>((_, reject) => {
    abort = reject
  })
  const options: FactoryOptions = {
    locateFile(path, prefix) {
      if (!path.endsWith('.wasm')) return path
      address = typeof paths === 'object' ? (paths[name] ?? name) : (paths ?? prefix) + name
      return address
    },
    onAbort: () =>
      abort(new Error(`${address} could not be loaded: is it served, and do wasmPaths say where?`)),
  }
  const loading = withStandInWorkers(() => factory(options))
  return wrapCalls(await withTimeout(60, `the server of ${address}`, Promise.race([loading, aborted])))
}

/** What a bundler makes of a CommonJS module has its export as `default`, or is that export. */
function readFactory(module: { readonly default?: unknown }): Factory {
  const exported = module.default ?? module
  return ((exported as { readonly default?: unknown }).default ?? exported) as Factory
}
