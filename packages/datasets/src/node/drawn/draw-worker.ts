import { parentPort, workerData } from 'node:worker_threads'
import { type DrawnSet, drawPicture } from '../../drawn/drawn-set.ts'
import { type DrawnPicture, startRenderer } from '../../drawn/renderer.ts'

/** What a drawing thread gets when it starts. */
export interface DrawingOrders {
  readonly set: DrawnSet
  readonly renderer: WebAssembly.Module
}

/** A request for pictures `from` to `to` − 1. */
export interface DrawingRequest {
  readonly from: number
  readonly to: number
}

/** The pictures in order, or the error of the one that failed. */
export type DrawingReply = { readonly pictures: readonly DrawnPicture[] } | { readonly error: unknown }

const port = parentPort!
const { set, renderer } = workerData as DrawingOrders

await startRenderer(() => renderer)
port.on('message', ({ from, to }: DrawingRequest) => {
  try {
    const pictures = Array.from({ length: to - from }, (_, i) => drawPicture(set, from + i))
    reply(
      { pictures },
      pictures.map(({ bytes }) => bytes.buffer),
    )
  } catch (error) {
    reply({ error })
  }
})
port.postMessage('ready')

function reply(message: DrawingReply, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, [...transfer])
}
