/**
 * The part of a matrix product that one workgroup computes: `down` by `across` threads, 64 in all, with 4 × 4 numbers of the
 * result each, which go along the inner dimension in steps of `inner`. Shared memory stays within 16 KB, the least that
 * WebGPU guarantees.
 */
export interface Tile {
  readonly across: number
  readonly down: number
  readonly inner: number
}

/** The tile that wastes least for a result of so many columns, which for images of 1 or 3 channels are few. */
export function chooseTile(columns: number): Tile {
  if (columns <= 8) return { across: 2, down: 32, inner: 16 }
  if (columns <= 16) return { across: 4, down: 16, inner: 32 }
  return { across: 8, down: 8, inner: 32 }
}

/** The largest dispatch size that WebGPU guarantees. */
export const maxWorkgroups = 65_535
