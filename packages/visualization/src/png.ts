import { GankitError } from '@gankit/core'
import { encode } from 'fast-png'
import { checkPicture, type Picture } from './picture.ts'

export interface PngOptions {
  /**
   * Text that the file carries with its pixels (tEXt chunks): which seed, which step. Keywords are 1 to 79
   * characters; both sides are Latin-1. Default: none.
   */
  readonly text?: Readonly<Record<string, string>>
}

/**
 * Writes a picture as a PNG file, 8 bit grey or RGB. The same picture gives the same bytes.
 * @throws GankitError for a picture whose sizes don't fit its data, and for text that tEXt cannot hold
 */
export function encodePng(picture: Picture, { text = {} }: PngOptions = {}): Uint8Array<ArrayBuffer> {
  checkPicture(picture)
  for (const [keyword, value] of Object.entries(text)) checkText(keyword, value)
  const { width, height, channels, data } = picture
  const png = encode({ width, height, channels, data, depth: 8, text }, { zlib: { level: 6 } })
  // The encoder's array looks onto a larger buffer; the caller may want to send the buffer elsewhere.
  return png.slice()
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
