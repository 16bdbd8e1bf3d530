import { type Signal, signal } from '@preact/signals'
import { callWorker } from '../client.ts'
import type { Input, Pixels } from '../protocol.ts'

/** Milliseconds that a piece of a grid may take: what the reader moves meanwhile waits for no more. */
const pieceMilliseconds = 40
/** Samples of a piece, at most. */
const maxPiece = 16

/** A place of a grid; it waits while the picture that it shows is not that of its input. */
export interface Tile {
  input: Input | undefined
  readonly pixels: Signal<Pixels | undefined>
  readonly isWaiting: Signal<boolean>
}

export const createTiles = (count: number): Tile[] =>
  Array.from({ length: count }, () => ({
    input: undefined,
    pixels: signal<Pixels | undefined>(undefined),
    isWaiting: signal(true),
  }))

/**
 * Draws the pictures of a grid, the first one by itself and the others in pieces.
 * @param name of the generator
 * @throws Error for what can't be drawn; an AbortError where it was called off
 */
export async function fillTiles(
  name: string,
  tiles: readonly Tile[],
  inputs: readonly Input[],
  signal: AbortSignal,
  onDone: (done: number) => void = () => {},
): Promise<void> {
  for (const [i, tile] of tiles.entries()) {
    tile.input = inputs[i]
    tile.isWaiting.value = true
  }
  let size = 1
  for (let from = 0; from < tiles.length; ) {
    const begun = performance.now()
    const pictures = await callWorker('sample', { name, inputs: inputs.slice(from, from + size) }, { signal })
    for (const [i, picture] of pictures.entries()) {
      tiles[from + i]!.pixels.value = picture
      tiles[from + i]!.isWaiting.value = false
    }
    from += pictures.length
    onDone(from)
    const each = (performance.now() - begun) / pictures.length
    size = Math.min(maxPiece, Math.max(1, Math.floor(pieceMilliseconds / each)))
  }
}
