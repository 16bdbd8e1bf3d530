import { basename, resolve } from 'node:path'
import { type Dataset, GankitError } from '@gankit/core'
import { forEachConcurrent } from '../../concurrency.ts'
import type { SampleSource } from '../../dataset/create-dataset.ts'
import { type ImageSettings, parseImageOptions, type Size } from '../../images/image-options.ts'
import type { ImageOptions } from '../../options.ts'
import { listPictures } from '../image-folder.ts'
import { decoderVersion, openPicture } from '../images/decode.ts'
import { concurrentDecodes, hashListing, readPicture, toCacheName } from '../images/pack-pictures.ts'
import type { Listing, PictureFile } from '../images/picture-file.ts'
import { openPacked } from '../packed/open.ts'
import type { Item, PackOptions } from '../packed/plan.ts'
import { divideSides, matchSides, type Pair, type Unmatched } from './sides.ts'

export interface ImagePairsOptions extends Omit<ImageOptions, 'labels'>, PackOptions {
  /**
   * Which pictures of the pairs are samples: 'a', the left halves or the folder A; 'b', the right halves or the folder B;
   * 'both', a beside b, for a look at them. Default 'both'.
   */
  readonly side?: 'a' | 'b' | 'both'
}

/** The pairs of a folder: two files each, or one file with both side by side. */
type Pairs = { readonly pairs: readonly Pair[] } | { readonly joined: readonly PictureFile[] }

/**
 * Pairs of pictures in a folder or a zip: A|B side by side in one picture, as the sets of pix2pix have them, or a folder A and
 * a folder B (or trainA and trainB) whose pictures have the same names, their endings aside. Sample n of side 'a' and sample n of
 * side 'b' are of one pair, whatever was left out: a pair is packed as one, so where one picture can't be used, neither is.
 * The two pictures of a pair may differ in size, but not in shape, except by rounding.
 * @returns samples [height, width, channels], [height, 2 · width, channels] of 'both'
 * @throws GankitError for an option out of range, a path that can't be read, no pair at all, or more than 5% skipped
 */
export async function imagePairs(
  path: string,
  { side = 'both', ...options }: ImagePairsOptions = {},
): Promise<Dataset> {
  const settings = parseImageOptions(options)
  const absolute = resolve(path)
  const listing = await listPictures(absolute)
  try {
    return await packPairs(absolute, listing, settings, side, options)
  } catch (error) {
    await listing.close?.()
    throw error
  }
}

async function packPairs(
  path: string,
  listing: Listing,
  settings: ImageSettings,
  side: 'a' | 'b' | 'both',
  options: PackOptions,
): Promise<Dataset> {
  const { sampleShape, width, height, channels, crop, resize, background, reduce, augment } = settings
  const { pairs, unmatched } = findPairs(path, listing)
  const count = 'pairs' in pairs ? pairs.pairs.length : pairs.joined.length
  const packedShape = [sampleShape[0], 2 * sampleShape[1], channels] as const
  return await openPacked(
    {
      name: toCacheName(`${basename(path)}-pairs`),
      identity: {
        kind: 'pairs',
        path,
        decoder: decoderVersion,
        ...{ height, width, channels, crop, resize, background, reduce },
      },
      sources: hashListing(listing),
      sampleShape: packedShape,
      count: count + unmatched.length,
      // Mirrored as one picture, a and b would change places.
      ...(augment && side !== 'both' && { augment }),
      view: packed => (side === 'both' ? packed : takeSide(packed, sampleShape, side)),
      async make(from, to) {
        const items: Item[] = []
        await forEachConcurrent(
          Array.from({ length: to - from }, (_, i) => from + i),
          concurrentDecodes / 2,
          async (number, i) => {
            if (number >= count) items[i] = toSkippedItem(unmatched[number - count]!)
            else
              items[i] =
                'pairs' in pairs
                  ? await makePair(pairs.pairs[number]!, settings)
                  : await halvePicture(pairs.joined[number]!, settings)
          },
        )
        return items
      },
      async end() {
        await listing.close?.()
      },
    },
    options,
  )
}

/** Finds out which of the two layouts a folder has. @throws GankitError where it has folders for sides and no pair */
function findPairs(
  path: string,
  { files, skipped }: Listing,
): { readonly pairs: Pairs; readonly unmatched: readonly Unmatched[] } {
  const unread = skipped.map(file => ({ ...file, counts: true }))
  const sides = divideSides(path, files)
  if (!sides) return { pairs: { joined: files }, unmatched: unread }
  const { pairs, unmatched } = matchSides(sides)
  if (pairs.length === 0)
    throw new GankitError(
      'datasets',
      'data',
      `${path} has ${sides.a.length} ${sides.a.length === 1 ? 'file' : 'files'} on side A and ${sides.b.length} on side B, and no two of one name, expected pairs such as A/1.jpg and B/1.png`,
    )
  return { pairs: { pairs }, unmatched: [...unread, ...unmatched] }
}

const toSkippedItem = ({ counts, ...skipped }: Unmatched): Item => ({ skipped, counts })

/** Makes one sample of two files. The file that can't be used is named, and its partner left out with it. */
async function makePair({ a, b }: Pair, settings: ImageSettings): Promise<Item> {
  const [left, right] = await Promise.all([a, b].map(file => openSide(file, settings)))
  for (const side of [left!, right!]) if ('skipped' in side) return side
  const [first, second] = [left, right] as Extract<typeof left, { file: PictureFile }>[]
  if (!haveOneShape(first!.size, second!.size, settings)) {
    const [one, other] = [first!, second!].map(({ size }) => `${size.width}×${size.height}`)
    return { skipped: { name: a.name, why: `is ${one}, and its partner is ${other}` } }
  }
  const samples: Uint8Array[] = []
  for (const { file, makeSample } of [first!, second!])
    try {
      samples.push(await makeSample())
    } catch (error) {
      return { skipped: { name: file.name, why: (error as Error).message } }
    }
  return { bytes: joinRows(samples[0]!, samples[1]!, settings.sampleShape) }
}

async function openSide(file: PictureFile, settings: ImageSettings) {
  const read = await readPicture(file)
  if ('skipped' in read) return read
  try {
    return { file, ...(await openPicture(read.bytes, settings)) }
  } catch (error) {
    return { skipped: { name: file.name, why: (error as Error).message } }
  }
}

/**
 * Whether two pictures show the same part when they are cropped alike: a low and a high resolution of one picture do. A crop of
 * so many pixels needs pictures of one size.
 */
function haveOneShape(a: Size, b: Size, { crop }: ImageSettings): boolean {
  if (typeof crop === 'number') return a.width === b.width && a.height === b.height
  const scale = Math.max(a.width, a.height) > Math.max(b.width, b.height) ? [b, a] : [a, b]
  const [small, large] = scale as [Size, Size]
  // The small one may have been rounded to whole pixels.
  return (
    Math.abs((small.width * large.height) / small.height - large.width) <=
    Math.max(large.width / small.width, large.height / small.height) - 1
  )
}

/** Makes one sample of a picture that has a pair side by side. */
async function halvePicture(file: PictureFile, settings: ImageSettings): Promise<Item> {
  const read = await readPicture(file)
  if ('skipped' in read) return read
  const { name } = file
  try {
    const { size, makeSample } = await openPicture(read.bytes, settings)
    const [width, height] = [size.width / 2, size.height]
    if (!Number.isInteger(width))
      throw new Error(
        `is ${size.width} ${size.width === 1 ? 'pixel' : 'pixels'} wide, expected an even number: its halves are the pair`,
      )
    const [a, b] = await Promise.all([0, width].map(left => makeSample({ left, top: 0, width, height })))
    return { bytes: joinRows(a!, b!, settings.sampleShape) }
  } catch (error) {
    return { skipped: { name, why: (error as Error).message } }
  }
}

/** Puts one sample beside another. */
function joinRows(
  a: Uint8Array,
  b: Uint8Array,
  [height, width, channels]: readonly [number, number, number],
): Uint8Array {
  const row = width * channels
  const joined = new Uint8Array(2 * height * row)
  for (let y = 0; y < height; y++) {
    joined.set(a.subarray(y * row, (y + 1) * row), 2 * y * row)
    joined.set(b.subarray(y * row, (y + 1) * row), (2 * y + 1) * row)
  }
  return joined
}

/** Shows one side of packed pairs. */
function takeSide(
  packed: SampleSource,
  sampleShape: readonly [number, number, number],
  side: 'a' | 'b',
): SampleSource {
  const [height, width, channels] = sampleShape
  const row = width * channels
  return {
    ...packed,
    sampleShape,
    async read(indices) {
      const joined = await packed.read(indices)
      const taken = new Uint8Array(indices.length * height * row)
      for (let y = 0; y < indices.length * height; y++) {
        const from = (2 * y + (side === 'b' ? 1 : 0)) * row
        taken.set(joined.subarray(from, from + row), y * row)
      }
      return taken
    },
  }
}
