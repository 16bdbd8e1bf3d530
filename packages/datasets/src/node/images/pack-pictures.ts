import type { Attribute, Dataset } from '@gankit/core'
import { inLanes, turns } from '../../concurrency.ts'
import type { ImageSettings } from '../../images/image-options.ts'
import { isNamedPicture, refusedSize } from '../../images/skipped-files.ts'
import { openPacked } from '../packed/open.ts'
import type { Item, PackOptions } from '../packed/plan.ts'
import { decode, decoderVersion, pictureKind } from './decode.ts'
import { fingerprint, type Listing, type PictureFile } from './picture-file.ts'
import { smallJpegsOf, smallJpegVersion } from './small-jpegs.ts'

/** Pictures that become samples, and what is known of each. */
export interface Pictures {
  /** What the cache is called, for people. */
  readonly name: string
  /** Where the pictures are, and what else beside their bytes and the settings a sample depends on. */
  readonly identity: Readonly<Record<string, unknown>>
  readonly listing: Listing
  readonly settings: ImageSettings
  /** The only size that is right, where there is one. */
  readonly expected?: { readonly width: number; readonly height: number }
  readonly classes?: readonly string[]
  readonly attributes?: readonly Attribute[]
  /** @throws Error with the reason why a file has neither */
  describe?(name: string): { readonly label?: number; readonly codes?: Uint8Array }
}

/** Pictures decoded at once: as many as libuv has threads by default. */
const atOnce = 4

/** Larger files, bytes, wait for one another, so that no more than one is in memory. */
const large = 16 * 2 ** 20
const inTurn = turns()

/** Decodes pictures into a packed cache, once, and opens it. Closes the listing. */
export async function packPictures(pictures: Pictures, options: PackOptions): Promise<Dataset> {
  const { listing, settings, classes, attributes, name, identity, expected } = pictures
  const { augment, sampleShape, height, width, channels, crop, resize, background } = settings
  const { files, skipped } = listing
  const small = smallJpegsOf(pictures)
  const decoder = small ? `${decoderVersion}, ${smallJpegVersion}` : decoderVersion
  return await openPacked(
    {
      name: name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40),
      identity: {
        ...identity,
        ...{ decoder, height, width, channels, crop, resize, background, expected },
      },
      sources: fingerprint(listing),
      sampleShape,
      count: files.length + skipped.length,
      ...(classes && { classes }),
      ...(attributes && { attributes }),
      ...(augment && { augment }),
      async make(from, to) {
        // What could not be listed comes behind the files.
        const items: Item[] = []
        for (let i = Math.max(from, files.length); i < to; i++)
          items[i - from] = { skipped: skipped[i - files.length]! }
        const samples = await small?.samples(from, to)
        await inLanes(files.slice(from, to), atOnce, async (file, i) => {
          const work = () => itemOf(file, pictures, samples?.[i])
          items[i] = await (file.size > large ? inTurn(work) : work())
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

/** @param sample where it is made already */
async function itemOf(
  file: PictureFile,
  { settings, expected, describe }: Pictures,
  sample?: Uint8Array,
): Promise<Item> {
  const { name, size } = file
  let isPicture = isNamedPicture(name)
  const skip = (why: string): Item => ({ skipped: { name, why }, counts: isPicture })
  const refused = refusedSize(size)
  if (refused) return skip(refused)
  try {
    if (sample) {
      isPicture = true
      return { ...describe?.(name), bytes: sample }
    }
    const bytes = await file.read()
    if (!pictureKind(bytes)) return skip('is no JPEG, PNG, WebP, GIF, AVIF or TIFF')
    isPicture = true
    return { ...describe?.(name), bytes: await decode(bytes, settings, expected) }
  } catch (error) {
    return skip((error as Error).message)
  }
}
