import { readFile } from 'node:fs/promises'

/** Decodes text in UTF-8 or, as spreadsheets save it, UTF-16, with its byte-order mark or without. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0)
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0)
  // Takes the mark away.
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes)
}

/** @throws the error of the file system */
export async function readText(path: string): Promise<string> {
  return decodeText(await readFile(path))
}
