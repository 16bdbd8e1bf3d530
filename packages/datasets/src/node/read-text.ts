import { readFile } from 'node:fs/promises'

/** The encodings of text that are told apart. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

/**
 * The encoding of text: UTF-16, as spreadsheets save it, with its byte-order mark or without, UTF-8, or GB18030, which is what Chinese
 * text in no other encoding is.
 */
export function findEncoding(bytes: Uint8Array): TextEncoding {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  // Of a letter, a tab or a line's end in UTF-16 one byte is 0, and no other text has such bytes.
  const zeros = [0, 0]
  for (const [i, byte] of bytes.subarray(0, maxLooked).entries()) if (byte === 0) zeros[i % 2]! += 1
  if (zeros[0] !== zeros[1]) return zeros[1]! > zeros[0]! ? 'utf-16le' : 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

/** Bytes in which zeros are looked for. */
const maxLooked = 2 ** 16

/** Decodes text in the encoding that it seems to have, without its byte-order mark; what can't be decoded becomes '�'. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(findEncoding(bytes)).decode(bytes)
}

/** @throws the error of the file system */
export async function readText(path: string): Promise<string> {
  return decodeText(await readFile(path))
}
