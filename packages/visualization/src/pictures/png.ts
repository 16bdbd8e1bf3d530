import { GankitError } from '@gankit/core'
import { decode } from 'fast-png'
import { zlibSync } from 'fflate'
import { checkPicture, type Picture } from './picture.ts'

export interface PngOptions {
  /**
   * Text that the file carries with its pixels (tEXt chunks): which seed, which step. Keywords are 1 to 79
   * characters; keywords and texts are Latin-1. Default: none.
   */
  readonly text?: Readonly<Record<string, string>>
}

/**
 * Writes a picture as a PNG file, 8 bit gray or RGB. The same picture gives the same bytes in the same program; how well
 * they are compressed is up to Node's zlib, or to fflate in a page.
 * @throws GankitError for a picture whose sizes don't fit its data, and for text that tEXt cannot hold
 */
export function encodePng(picture: Picture, { text = {} }: PngOptions = {}): Uint8Array<ArrayBuffer> {
  checkPicture(picture)
  for (const [keyword, value] of Object.entries(text)) checkText(keyword, value)
  const { width, height, channels, data } = picture
  const header = new Uint8Array(13)
  const sizes = new DataView(header.buffer)
  sizes.setUint32(0, width)
  sizes.setUint32(4, height)
  // 8 bits a sample, color type, then deflate, filters by line, no interlacing.
  header.set([8, channels === 1 ? 0 : 2, 0, 0, 0], 8)
  return joinChunks([
    encodeChunk('IHDR', header),
    encodeChunk('IDAT', deflate(unfilteredLines(data, width * channels, height))),
    ...Object.entries(text).map(([keyword, value]) => encodeChunk('tEXt', latin1(`${keyword}\0${value}`))),
    encodeChunk('IEND', new Uint8Array(0)),
  ])
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Node's own zlib takes a quarter of fflate's time. It is asked for, so that bundlers for pages see no import of it. */
const zlib = globalThis.process?.getBuiltinModule?.('node:zlib')

/** The zlib stream of bytes. */
function deflate(bytes: Uint8Array): Uint8Array {
  return zlib ? zlib.deflateSync(bytes, { level: 6 }) : zlibSync(bytes, { level: 6 })
}

/** Lines of a picture, each behind the number of its filter: 0, none. */
function unfilteredLines(data: Uint8Array, size: number, height: number): Uint8Array {
  const lines = new Uint8Array((size + 1) * height)
  for (let y = 0; y < height; y++) lines.set(data.subarray(y * size, (y + 1) * size), y * (size + 1) + 1)
  return lines
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0))
}

/** A chunk: length, type, data and the CRC-32 of type and data (PNG, third edition, 5.3). */
function encodeChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(data.length + 12)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, data.length)
  chunk.set(latin1(type), 4)
  chunk.set(data, 8)
  view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)))
  return chunk
}

function joinChunks(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
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

/**
 * Reads a PNG file of 8 bit gray or RGB, the two kinds that `encodePng` writes.
 * @throws GankitError for a damaged file and for PNGs of other kinds
 */
export function decodePng(file: Uint8Array): Picture {
  const fault = (what: string, cause?: unknown) =>
    new GankitError('visualization', 'data', `PNG ${what}, expected a whole one of 8 bit gray or RGB`, {
      cause,
    })
  let png: ReturnType<typeof decode>
  try {
    png = decode(file, { checkCrc: true })
  } catch (error) {
    throw fault(`can't be read (${error instanceof Error ? error.message : error})`, error)
  }
  const { width, height, channels, depth, data, palette } = png
  if (depth !== 8 || (channels !== 1 && channels !== 3) || palette)
    throw fault(`has ${channels} channels of ${depth} bit${palette ? ' and a palette' : ''}`)
  return { width, height, channels, data: Uint8Array.from(data) }
}

// PNG, third edition, 11.3.3.2 and 11.3.3.3.
const keywordPattern = /^(?! )(?!.* {2})[\x20-\x7e\xa1-\xff]{1,79}(?<! )$/
const isTextCharacter = (character: string) => character > '\0' && character <= '\xff'

function checkText(keyword: string, value: string): void {
  if (!keywordPattern.test(keyword))
    throw new GankitError(
      'visualization',
      'option',
      `text has the keyword '${keyword}', expected 1 to 79 printable Latin-1 characters without spare spaces`,
    )
  const foreign = [...value].find(character => !isTextCharacter(character))
  if (foreign !== undefined)
    throw new GankitError(
      'visualization',
      'option',
      `text '${keyword}' has the character ${JSON.stringify(foreign)}, expected Latin-1 without NUL: escape it`,
    )
}
