import { inflateSync } from 'node:zlib'

export interface PngFile {
  readonly width: number
  readonly height: number
  readonly bitDepth: number
  readonly colorType: number
  readonly text: Record<string, string>
  readonly data: Uint8Array
}

/** Reads a PNG of 8 bit gray or RGB by the letter of the specification, and checks every CRC. */
export function readPng(file: Uint8Array): PngFile {
  const bytes = Buffer.from(file)
  if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error('not a PNG signature')
  const text: Record<string, string> = {}
  const names: string[] = []
  const parts: Buffer[] = []
  let header: Buffer | undefined
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (bytes.readUInt32BE(at + 8 + length) !== crc32(bytes.subarray(at + 4, at + 8 + length)))
      throw new Error(`CRC of ${name} is wrong`)
    names.push(name)
    if (name === 'IHDR') header = body
    if (name === 'IDAT') parts.push(body)
    if (name === 'tEXt') {
      const [keyword, value] = body.toString('latin1').split('\0')
      text[keyword!] = value!
    }
    at += 12 + length
  }
  if (names[0] !== 'IHDR' || names.at(-1) !== 'IEND') throw new Error(`chunks are ${names}`)
  const [width, height] = [header!.readUInt32BE(0), header!.readUInt32BE(4)]
  const [bitDepth, colorType, compression, filter, interlace] = header!.subarray(8)
  if (compression !== 0 || filter !== 0 || interlace !== 0) throw new Error('not a plain PNG')
  const channels = colorType === 2 ? 3 : 1
  const data = unfilter(inflateSync(Buffer.concat(parts)), width * channels, height, channels)
  return { width, height, bitDepth: bitDepth!, colorType: colorType!, text, data }
}

function unfilter(lines: Buffer, stride: number, height: number, channels: number): Uint8Array {
  if (lines.length !== height * (stride + 1)) throw new Error(`${lines.length} bytes of pixels`)
  const out = new Uint8Array(height * stride)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= channels ? out[at - channels]! : 0
      const up = y > 0 ? out[at - stride]! : 0
      const corner = x >= channels && y > 0 ? out[at - stride - channels]! : 0
      const predictions = [0, left, up, (left + up) >> 1, paeth(left, up, corner)]
      out[at] = lines[y * (stride + 1) + 1 + x]! + predictions[lines[y * (stride + 1)]!]!
    }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [a, b, c] = [left, up, corner].map(value => Math.abs(estimate - value)) as [number, number, number]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
