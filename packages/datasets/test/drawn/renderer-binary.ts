import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The renderer's binary, as an app in a browser would give it. */
export const rendererBinary: Uint8Array<ArrayBuffer> = Uint8Array.from(
  readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')),
)
