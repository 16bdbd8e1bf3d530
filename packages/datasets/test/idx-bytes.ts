/** Writes an IDX file of unsigned bytes, after the format's description and apart from the reader. */
export function idxBytes(shape: readonly number[], data: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length)
  header.writeUInt32BE(0x00000800 + shape.length, 0)
  for (const [i, side] of shape.entries()) header.writeUInt32BE(side, 4 + 4 * i)
  return new Uint8Array(Buffer.concat([header, data]))
}

/** `count` images of rows × columns in which every byte depends on its place. */
export function idxImages(count: number, rows: number, columns: number): Uint8Array {
  const data = Uint8Array.from({ length: count * rows * columns }, (_, i) => (i * 31 + (i >> 4)) % 256)
  return idxBytes([count, rows, columns], data)
}

/** `count` labels 0, 1, … 9, 0, 1, … */
export function idxLabels(count: number): Uint8Array {
  return idxBytes(
    [count],
    Uint8Array.from({ length: count }, (_, i) => i % 10),
  )
}
