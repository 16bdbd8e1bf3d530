import { parentPort, workerData } from 'node:worker_threads'
import { type DrawnFace, drawFace } from '../../cartoon/draw-face.ts'
import type { FaceSettings } from '../../cartoon/face-options.ts'
import { startRenderer } from '../../cartoon/renderer.ts'

/** What a drawing thread gets when it starts. */
export interface DrawingOrders {
  readonly settings: FaceSettings
  readonly renderer: WebAssembly.Module
}

/** A request for faces `from` to `to` − 1. */
export interface DrawingRequest {
  readonly from: number
  readonly to: number
}

/** The faces in order, or the error of the one that failed. */
export type DrawingReply = { readonly faces: readonly DrawnFace[] } | { readonly error: unknown }

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
port.postMessage('ready')

function reply(message: DrawingReply, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, [...transfer])
}
