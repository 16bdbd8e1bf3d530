import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** The renderer's binary from this package's own dependencies, compiled; threads may share it. */
export async function rendererModule(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  return await WebAssembly.compile(await readFile(path))
}
