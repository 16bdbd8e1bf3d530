import { inflateSync } from 'node:zlib'
import { GankitError } from '@gankit/core'
import { readFileBytes } from '@gankit/core/node'

/** Bytes and pixels of a picture of samples, at most; data sets have the same limit of pixels. */
const limits = { bytes: 2 ** 26, pixels: 2 ** 27 }

const signature = '89504e470d0a1a0a'
/** Samples of each pixel, by the color type of a PNG: gray and RGB, which runs write. */
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3 }

/**
 * The file of a picture of samples, which may have come with somebody else's run: it is opened in full only once its
 * size is known, as compressed pixels take a thousandth of their place.
 * @param run the folder of the run, out of which no link may lead
 * @throws GankitError for what is no PNG of 8 bit gray or RGB, is too large, or holds more than its header says
 */
export async function readSampleFile(path: string, run: string): Promise<Buffer> {
  const png = await readFileBytes(path, { within: run, maxBytes: limits.bytes })
  const refuse = (what: string) =>
    new GankitError('cli', 'data', `${path} ${what}, expected a PNG that 'gankit train' wrote`)
  if (png.length < 33 || png.toString('hex', 0, 8) !== signature) throw refuse('is no PNG')
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const channelCount = channels[png[25]!]
  if (png[24] !== 8 || channelCount === undefined || png[28] !== 0)
    throw refuse(`has ${png[24]} bit and color type ${png[25]}`)
  if (width * height > limits.pixels) throw refuse(`has ${width}×${height} pixels, which is too large`)
  try {
    // Each row has a byte more, which says how it is filtered.
    inflateSync(joinData(png), { maxOutputLength: (width * channelCount + 1) * height })
  } catch (error) {
    throw refuse(`can't be read (${(error as Error).message})`)
  }
  return png
}

/** The compressed pixels of a PNG, which may lie in several chunks. */
function joinData(png: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  return Buffer.concat(parts)
}
