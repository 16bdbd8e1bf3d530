import { GankitError } from '@gankit/core'
import { decode } from 'fast-png'
import { checkPicture, type Picture } from './picture.ts'
import { encodeChunk, encodeHeader, encodePixels, joinChunks, latin1 } from './png-chunks.ts'

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
  return joinChunks([
    encodeHeader(picture),
    encodeChunk('IDAT', encodePixels(picture)),
    ...Object.entries(text).map(([keyword, value]) => encodeChunk('tEXt', latin1(`${keyword}\0${value}`))),
    encodeChunk('IEND', new Uint8Array(0)),
  ])
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
