import { parentPort, workerData } from 'node:worker_threads'
import { type DrawnFace, drawFace } from '../../cartoon/draw-face.ts'
import type { FaceSettings } from '../../cartoon/face-options.ts'
import { startRenderer } from '../../cartoon/renderer.ts'

/** What a thread that draws is given when it starts. */
export interface DrawingOrders {
  readonly settings: FaceSettings
  readonly renderer: WebAssembly.Module
}

/** Faces `from` to `to` − 1 are asked for. */
export interface DrawingRequest {
  readonly from: number
  readonly to: number
}

/** What a thread says: that it is there, the faces in order, or why there are none. */
export type DrawingReply =
  | { readonly ready: true }
  | { readonly faces: readonly DrawnFace[] }
  | { readonly error: unknown }

const port = parentPort!
const { settings, renderer } = workerData as DrawingOrders

await startRenderer(() => renderer)
port.on('message', ({ from, to }: DrawingRequest) => {
  try {
    const faces = Array.from({ length: to - from }, (_, i) => drawFace(settings, from + i))
    reply(
      { faces },
      faces.map(({ bytes }) => bytes.buffer),
    )
  } catch (error) {
    reply({ error })
  }
})
reply({ ready: true })

function reply(message: DrawingReply, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, [...transfer])
}
