import type { Attribute, Dataset } from '@gankit/core'
import type { ImageSettings } from '../../image-options.ts'
import { isNamedPicture } from '../../picture-names.ts'
import type { Item } from '../packed/item.ts'
import { openPacked } from '../packed/open.ts'
import type { PackOptions } from '../packed/options.ts'
import { decode, decoderVersion } from './decode.ts'
import { pictureKind } from './kind.ts'
import { fingerprint, type Listing, type PictureFile, refusedSize } from './picture-file.ts'
import { turns } from './turns.ts'

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
  return await openPacked(
    {
      name: name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40),
      identity: {
        ...identity,
        ...{ decoder: decoderVersion, height, width, channels, crop, resize, background, expected },
      },
      sources: fingerprint(listing),
      sampleShape,
      count: files.length + skipped.length,
      ...(classes && { classes }),
      ...(attributes && { attributes }),
      ...(augment && { augment }),
      make: (from, to) =>
        inOrder(to - from, i => {
          const file = files[from + i]
          if (!file) return { skipped: skipped[from + i - files.length]! }
          return file.size > large ? inTurn(() => itemOf(file, pictures)) : itemOf(file, pictures)
        }),
      ...(listing.close && { end: () => listing.close!() }),
    },
    options,
  )
}

async function itemOf(file: PictureFile, { settings, expected, describe }: Pictures): Promise<Item> {
  const { name, size } = file
  let isPicture = isNamedPicture(name)
  const skip = (why: string): Item => ({ skipped: { name, why }, counts: isPicture })
  const refused = refusedSize(size)
  if (refused) return skip(refused)
  try {
    const bytes = await file.read()
    if (!pictureKind(bytes)) return skip('is no JPEG, PNG, WebP, GIF, AVIF or TIFF')
    isPicture = true
    return { ...describe?.(name), bytes: await decode(bytes, settings, expected) }
  } catch (error) {
    return skip((error as Error).message)
  }
}

/** Calls `make` for 0 … count − 1, a few at once. @returns the results in order */
async function inOrder<Result>(
  count: number,
  make: (i: number) => Result | Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(count)
  let next = 0
  const work = async () => {
    for (let i = next++; i < count; i = next++) results[i] = await make(i)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, work))
  return results
}
