import { GankitError } from '@gankit/core'

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** By PNG's color type; a palette's colors are RGB. */
const channelsOf: Readonly<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 }

/**
 * How many channels a PNG file has, as its header says (PNG, third edition, 11.2.1).
 * @throws GankitError when it is no PNG
 */
export function pngChannels(png: Uint8Array): 1 | 2 | 3 | 4 {
  // Behind the signature: length and name of IHDR, width, height, bits, then the color type.
  const channels = signature.every((byte, i) => png[i] === byte) ? channelsOf[png[25] ?? -1] : undefined
  if (channels === undefined)
    throw new GankitError('trainer', 'data', `an image of ${png.length} bytes is no PNG, expected a PNG file`)
  return channels
}
