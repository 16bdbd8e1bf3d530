import { selectBackend } from '@gankit/runtime/browser'
import plain from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url'

/**
 * WebAssembly on one thread: it starts in a fraction of a second and makes a picture in some milliseconds, while WebGL compiles a
 * program for each layer first. Plain JavaScript where it doesn't start.
 */
async function start(): Promise<string> {
  const address = (path: string) => new URL(path, self.location.href).href
  const wasmPaths = {
    'tfjs-backend-wasm.wasm': address(plain),
    'tfjs-backend-wasm-simd.wasm': address(simd),
  }
  try {
    return (await selectBackend({ backend: 'wasm', threads: 1, wasmPaths })).backend
  } catch {
    return (await selectBackend({ backend: 'cpu' })).backend
  }
}

let started: Promise<string> | undefined

/** Starts what computes, once. @returns its name */
export function startBackend(): Promise<string> {
  started ??= start()
  return started
}
