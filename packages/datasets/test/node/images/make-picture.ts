import { constants, crc32, deflateRawSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** Arbitrary pixels, others for each seed. */
export function noise(length: number, seed = 0): Uint8Array {
  let state = seed * 2654435761 + 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 24
  })
}

/** A picture of noise, to be written in any format. */
export function picture(width: number, height: number, seed = 0): Sharp {
  return sharp(noise(width * height * 3, seed), { raw: { width, height, channels: 3 } })
}

/** A PNG of noise. */
export function png(width: number, height: number, seed = 0): Promise<Buffer> {
  return picture(width, height, seed).png().toBuffer()
}

/** A black PNG of any size, made without ever having its pixels in memory. */
export function blackPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', zeros(height * (1 + width * 3))),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([start, ...parts])
}

/** So many zeros by zlib: the same packed MiB over and over, and what is left. */
function zeros(count: number): Buffer {
  const mebibyte = deflateRawSync(Buffer.alloc(2 ** 20), { finishFlush: constants.Z_FULL_FLUSH })
  const full = Math.floor(count / 2 ** 20)
  const rest = deflateRawSync(Buffer.alloc(count % 2 ** 20))
  // Adler-32 of zeros: its lower half stays 1, its upper half counts them.
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE((count % 65521) * 65536 + 1)
  return Buffer.concat([Buffer.of(0x78, 0x01), ...Array<Buffer>(full).fill(mebibyte), rest, checksum])
}

function chunk(kind: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length)
  bytes.writeUInt32BE(data.length, 0)
  bytes.write(kind, 4, 'latin1')
  data.copy(bytes, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length)
  return bytes
}
