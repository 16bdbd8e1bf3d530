import type { Attribute, Dataset } from '@gankit/core'
import { sha256Sync } from '@gankit/core/node'
import { forEachConcurrent, serialize } from '../../concurrency.ts'
import type { SampleSource } from '../../dataset/create-dataset.ts'
import { reduceSample } from '../../images/bicubic.ts'
import type { ImageSettings, Size } from '../../images/image-options.ts'
import { detectFormat, findFormatProblem, isPictureName } from '../../images/picture-formats.ts'
import { findSizeProblem } from '../../images/skipped-files.ts'
import { openPacked } from '../packed/open.ts'
import type { Item, PackOptions } from '../packed/plan.ts'
import { decode, decoderVersion } from './decode.ts'
import type { Listing, PictureFile } from './picture-file.ts'
import { createSmallJpegDecoder, smallJpegVersion } from './small-jpegs.ts'

/** Pictures to be packed, and their labels and attributes. */
export interface Pictures {
  /** The cache's name for people. */
  readonly name: string
  /** The place of the pictures, and everything that samples depend on beside the files' bytes and the settings. */
  readonly identity: Readonly<Record<string, unknown>>
  readonly listing: Listing
  readonly settings: ImageSettings
  /** The size that every picture has to have, where there is one. */
  readonly expectedSize?: Size
  readonly classes?: readonly string[]
  readonly attributes?: readonly Attribute[]
  /** What the dataset shows of the packed samples, where that isn't all of each; no part of the cache. */
  view?(packed: SampleSource): SampleSource
  /** Looks up label and attributes by the file's name. @throws Error with the reason why a file has neither */
  describe?(name: string): { readonly label?: number; readonly attributes?: Uint8Array }
}

/** Pictures decoded at the same time: the default number of libuv's threads. */
export const concurrentDecodes = 4

/** Larger files, in bytes, are decoded one at a time, so that only one of them is in memory. */
const maxConcurrentSize = 16 * 2 ** 20
const decodeLargeFile = serialize()

/** Decodes pictures into a packed cache, once, and opens it. Closes the listing. */
export async function packPictures(pictures: Pictures, options: PackOptions): Promise<Dataset> {
  const { listing, settings, classes, attributes, name, identity, expectedSize: expected, view } = pictures
  const { augment, sampleShape, height, width, channels, crop, resize, background, reduce } = settings
  const { files, skipped } = listing
  const small = createSmallJpegDecoder(listing, settings, expected)
  const decoder = small ? `${decoderVersion}, ${smallJpegVersion}` : decoderVersion
  return await openPacked(
    {
      name: toCacheName(name),
      identity: {
        ...identity,
        ...{ decoder, height, width, channels, crop, resize, background, expected },
        ...(reduce > 1 && { reduce }),
      },
      sources: hashListing(listing),
      sampleShape,
      count: files.length + skipped.length,
      ...(classes && { classes }),
      ...(attributes && { attributes }),
      ...(augment && { augment }),
      ...(view && { view }),
      async make(from, to) {
        // Entries that couldn't be listed follow the files.
        const items: Item[] = []
        for (let i = Math.max(from, files.length); i < to; i++)
          items[i - from] = { skipped: skipped[i - files.length]! }
        const samples = await small?.decode(from, to)
        await forEachConcurrent(files.slice(from, to), concurrentDecodes, async (file, i) => {
          const work = () => makeItem(file, pictures, samples?.[i])
          items[i] = await (file.size > maxConcurrentSize ? decodeLargeFile(work) : work())
        })
        return items
      },
      async end() {
        await small?.end()
        await listing.close?.()
      },
    },
    options,
  )
}

/** A cache's name for people, of the name of a folder. */
export const toCacheName = (name: string): string => name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40)

/** A hash that changes when a file is added, removed or changed. */
export function hashListing({ files, skipped }: Listing): string {
  const lines = files.map(({ name, size, modified }) => `${name}\0${size}\0${modified}\n`)
  return sha256Sync([...lines, ...skipped.map(({ name, why }) => `${name}\0${why}\n`)].join(''))
}

/** @param sample the sample, where the decoder of small JPEGs has made it */
async function makeItem(
  file: PictureFile,
  { settings, expectedSize, describe }: Pictures,
  sample?: Uint8Array,
): Promise<Item> {
  const { name } = file
  try {
    if (sample) return { ...describe?.(name), bytes: reduceSample(sample, settings) }
    const read = await readPicture(file)
    if ('skipped' in read) return read
    return { ...describe?.(name), bytes: await decode(read.bytes, settings, expectedSize) }
  } catch (error) {
    return { skipped: { name, why: (error as Error).message } }
  }
}

/** Reads a file that may be a picture. @returns its bytes, of a format that is read, or why it is skipped */
export async function readPicture(
  file: PictureFile,
): Promise<{ readonly bytes: Uint8Array } | Extract<Item, { skipped: unknown }>> {
  const { name, size } = file
  const skip = (why: string, counts = isPictureName(name)) => ({ skipped: { name, why }, counts })
  const problem = findSizeProblem(size)
  if (problem) return skip(problem)
  try {
    const bytes = await file.read()
    const format = detectFormat(bytes)
    const unread = findFormatProblem(format, name)
    return unread ? skip(unread, isPictureName(name) || format !== undefined) : { bytes }
  } catch (error) {
    return skip((error as Error).message)
  }
}
