/**
 * A workgroup's share of a matrix product: 64 threads, `down` by `across` of them, each with 4 × 4 numbers of the
 * result, which go along the inner side in steps of `inner`. Everything shared fits into WebGPU's least limit, 16 KB.
 */
export interface Tile {
  readonly across: number
  readonly down: number
  readonly inner: number
}

/** The tile that wastes least for a result of so many columns; images of 1 or 3 channels have few. */
export function tileFor(columns: number): Tile {
  if (columns <= 8) return { across: 2, down: 32, inner: 16 }
  if (columns <= 16) return { across: 4, down: 16, inner: 32 }
  return { across: 8, down: 8, inner: 32 }
}

/** Dispatch sizes beyond this are refused by WebGPU's least limits. */
export const maxWorkgroups = 65_535
