import { GankitError } from '@gankit/core'
import { decode } from 'fast-png'
import type { Picture } from './picture.ts'

/**
 * Reads a PNG file of 8 bit grey or RGB, which is what `encodePng` writes.
 * @throws GankitError for a damaged file and for PNGs of other kinds
 */
export function decodePng(file: Uint8Array): Picture {
  const fault = (what: string, cause?: unknown) =>
    new GankitError('visualization', 'data', `PNG ${what}, expected a whole one of 8 bit grey or RGB`, {
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
