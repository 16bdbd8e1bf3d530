import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of a zip, and what it claims where that is not the truth. */
export interface ZipEntry {
  readonly name: string | Uint8Array
  readonly content: Uint8Array
  /** Default 'deflate'. */
  readonly method?: 'stored' | 'deflate' | number
  /** Flags beside UTF-8 names; 1 is 'encrypted'. */
  readonly flags?: number
  readonly claimedSize?: number
  readonly claimedPacked?: number
  readonly claimedChecksum?: number
}

/** A zip by APPNOTE 6.3. @param zip64 writes sizes and offsets as 64-bit numbers */
export function makeZip(entries: readonly ZipEntry[], { zip64 = false }: { zip64?: boolean } = {}): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  const add = (...added: Buffer[]) => {
    parts.push(...added)
    at += added.reduce((sum, part) => sum + part.length, 0)
  }
  for (const entry of entries) {
    const offset = at
    const name = Buffer.from(entry.name as string)
    const { content, method = 'deflate', flags = 0 } = entry
    const packed = method === 'stored' ? Buffer.from(content) : deflateRawSync(content)
    const kind = method === 'stored' ? 0 : method === 'deflate' ? 8 : method
    const sizes = [entry.claimedPacked ?? packed.length, entry.claimedSize ?? content.length] as const
    const common = fields([
      [2, zip64 ? 45 : 20],
      [2, flags | (typeof entry.name === 'string' ? 0x800 : 0)],
      [2, kind],
      [4, 0],
      [4, entry.claimedChecksum ?? crc32(content)],
      ...sizes.map(size => [4, zip64 ? 0xffffffff : size] as const),
      [2, name.length],
    ])
    const sizes64 = sizes.toReversed().map(size => [8, size] as const)
    const local = zip64 ? fields([[2, 1], [2, 16], ...sizes64]) : Buffer.alloc(0)
    add(fields([[4, 0x04034b50]]), common, fields([[2, local.length]]), name, local, packed)
    const extra = zip64 ? fields([[2, 1], [2, 24], ...sizes64, [8, offset]]) : Buffer.alloc(0)
    const last = [
      [2, extra.length],
      [2, 0],
      [4, 0],
      [4, 0],
      [4, zip64 ? 0xffffffff : offset],
    ] as const
    directory.push(
      fields([
        [4, 0x02014b50],
        [2, 45],
      ]),
      common,
      fields(last),
      name,
      extra,
    )
  }
  const start = at
  add(Buffer.concat(directory))
  const size = at - start
  if (zip64) {
    const [count, end] = [entries.length, at]
    add(
      fields([
        [4, 0x06064b50],
        [8, 44],
        [2, 45],
        [2, 45],
        [4, 0],
        [4, 0],
        [8, count],
        [8, count],
      ]),
    )
    add(
      fields([
        [8, size],
        [8, start],
        [4, 0x07064b50],
        [4, 0],
        [8, end],
        [4, 1],
      ]),
    )
  }
  const counts = zip64 ? 0xffff : entries.length
  const where = zip64 ? 0xffffffff : start
  add(
    fields([
      [4, 0x06054b50],
      [4, 0],
      [2, counts],
      [2, counts],
      [4, zip64 ? 0xffffffff : size],
      [4, where],
      [2, 0],
    ]),
  )
  return Buffer.concat(parts)
}

/** Numbers of so many bytes, little-endian, one after the other. */
function fields(values: readonly (readonly [bytes: number, value: number])[]): Buffer {
  const buffer = Buffer.alloc(values.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of values) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at)
    else buffer.writeUIntLE(value, at, bytes)
    at += bytes
  }
  return buffer
}
