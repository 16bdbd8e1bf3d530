import { zlibSync } from 'fflate'
import type { Picture } from './picture.ts'

// What PNG files are made of, still and animated.

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Node's own zlib takes a quarter of fflate's time. It is asked for, so that bundlers for pages see no import of it. */
const zlib = globalThis.process?.getBuiltinModule?.('node:zlib')

/** The zlib stream of bytes. */
function deflate(bytes: Uint8Array): Uint8Array {
  return zlib ? zlib.deflateSync(bytes, { level: 6 }) : zlibSync(bytes, { level: 6 })
}

/** The pixels of a picture, compressed: lines, each behind the number of its filter, which is 0, none. */
export function encodePixels({ width, height, channels, data }: Picture): Uint8Array {
  const size = width * channels
  const lines = new Uint8Array((size + 1) * height)
  for (let y = 0; y < height; y++) lines.set(data.subarray(y * size, (y + 1) * size), y * (size + 1) + 1)
  return deflate(lines)
}

/** The first chunk of a file. */
export function encodeHeader({ width, height, channels }: Picture): Uint8Array {
  const header = new Uint8Array(13)
  const sizes = new DataView(header.buffer)
  sizes.setUint32(0, width)
  sizes.setUint32(4, height)
  // 8 bits a sample, color type, then deflate, filters by line, no interlacing.
  header.set([8, channels === 1 ? 0 : 2, 0, 0, 0], 8)
  return encodeChunk('IHDR', header)
}

/** Characters as bytes. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0))
}

/** A chunk: length, type, data and the CRC-32 of type and data (PNG, third edition, 5.3). */
export function encodeChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(data.length + 12)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, data.length)
  chunk.set(latin1(type), 4)
  chunk.set(data, 8)
  view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)))
  return chunk
}

/** Chunks as a file. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, signature.length))
  file.set(signature)
  let at = signature.length
  for (const chunk of chunks) {
    file.set(chunk, at)
    at += chunk.length
  }
  return file
}

/** Reflected polynomial 0xedb88320, for each value of one byte (PNG, third edition, annex D). */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  return crc
})

function crc32(bytes: Uint8Array): number {
  if (zlib?.crc32) return zlib.crc32(bytes)
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 0xff]!
  return ~crc >>> 0
}
