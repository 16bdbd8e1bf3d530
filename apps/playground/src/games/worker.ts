import { selectBackend } from '@gankit/runtime/browser'
import plain from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url'
import type { DataName } from '../settings/game-settings.ts'
import type { Answer, Command } from './protocol.ts'
import { Session } from './session.ts'

/**
 * WebAssembly on one thread: of nets as small as these a step takes it 3 ms, plain JavaScript 20 to 300, and a GPU would
 * mostly wait. Plain JavaScript where WebAssembly doesn't start.
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

const trained = import.meta.glob<string>('./trained/*.safetensors', {
  query: '?url',
  import: 'default',
  eager: true,
})

async function readTrained(data: DataName): Promise<Uint8Array> {
  const response = await fetch(new URL(trained[`./trained/${data}.safetensors`]!, self.location.href))
  if (!response.ok)
    throw new Error(`The trained networks for ${data} could not be loaded: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

const post = (answer: Answer) => self.postMessage(answer)
const session = start().then(backend => new Session(backend, readTrained, post))
// One after another: a command waits until the one before is carried out.
let last: Promise<unknown> = session
self.onmessage = ({ data }: MessageEvent<Command>) => {
  last = last
    .then(async () => (await session).take(data))
    .catch(error => post({ type: 'failed', game: -1, message: String(error?.message ?? error) }))
}
