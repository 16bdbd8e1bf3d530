import { type Dataset, GankitError, sizeOfShape } from '@gankit/core'
import { forEachConcurrent } from '../concurrency.ts'
import { fromArrays } from '../dataset/from-arrays.ts'
import { type ImageSettings, parseImageOptions } from '../images/image-options.ts'
import { checkSkipped, noneUsableError } from '../images/skipped-files.ts'
import type { ImageOptions } from '../options.ts'
import { type Decoded, decodePicture } from './decode-picture.ts'
import { type FetchOptions, fetchOk } from './fetch-ok.ts'
import { type NamedPicture, namedPictures, type PictureFile } from './named-pictures.ts'

export interface ImageFilesOptions extends ImageOptions, FetchOptions {
  /** Continues where more than 5% of the pictures gave no sample. Default false. */
  readonly allowSkipped?: boolean
  /** Called after each picture. */
  readonly onProgress?: (progress: ImageProgress) => void
}

export interface ImageProgress {
  /** Pictures that were looked at. */
  readonly done: number
  readonly total: number
  readonly skipped: number
}

/** Pictures decoded at the same time, by the platform's own threads; more would only hold more large pictures in memory. */
const concurrentDecodes = 4

/**
 * Pictures that a user chose or a site serves, as samples [height, width, channels]. The platform decodes all of them before
 * this returns, and they are kept in memory, one byte per number. Their order is that of their paths, as in Node's
 * `imageFolder`; those that can't be used are in `skipped`, with the reason.
 * @param files Files, Blobs with a name, or addresses to fetch
 * @throws GankitError for an option out of range, for more than 5% skipped, and where no sample is left; the signal's
 * reason when it is aborted
 */
export async function imageFiles(
  files: Iterable<PictureFile> | AsyncIterable<PictureFile>,
  { allowSkipped = false, onProgress, fetch, signal, ...options }: ImageFilesOptions = {},
): Promise<Dataset> {
  const settings = parseImageOptions(options)
  const from: FetchOptions = { ...(fetch && { fetch }), ...(signal && { signal }) }
  signal?.throwIfAborted()
  const pictures = await namedPictures(files, signal)
  const total = pictures.length
  const sampleSize = sizeOfShape(settings.sampleShape)
  const images = allocate(total, sampleSize)
  const classes = settings.labels === 'folders' ? listClasses(pictures) : undefined
  const reasons = new Map<number, string>()
  let [done, failed] = [0, 0]
  await forEachConcurrent(
    pictures,
    concurrentDecodes,
    async (picture, index) => {
      const sample = await readPicture(picture, settings, from)
      if ('bytes' in sample) images.set(sample.bytes, index * sampleSize)
      else {
        reasons.set(index, sample.why)
        if (sample.failed) failed++
      }
      onProgress?.({ done: ++done, total, skipped: reasons.size })
    },
    signal,
  )
  const skipped = pictures.flatMap(({ name }, index) => {
    const why = reasons.get(index)
    return why ? [{ name, why }] : []
  })
  if (skipped.length === total) throw noneUsableError(skipped)
  if (!allowSkipped) checkSkipped({ skipped, failed, total }, 'allowSkipped')

  const kept = pictures.flatMap((_, index) => (reasons.has(index) ? [] : [index]))
  for (const [to, index] of kept.entries())
    images.copyWithin(to * sampleSize, index * sampleSize, (index + 1) * sampleSize)
  const { augment } = settings
  return fromArrays({
    samples: images.subarray(0, kept.length * sampleSize),
    shape: settings.sampleShape,
    ...(classes && {
      labels: Int32Array.from(kept, index => classes.indexOf(topFolder(pictures[index]!.name))),
      classes,
    }),
    skipped,
    ...(augment && { augment }),
  })
}

async function readPicture(
  { name, file }: NamedPicture,
  settings: ImageSettings,
  from: FetchOptions,
): Promise<Decoded> {
  if (settings.labels === 'folders' && !topFolder(name))
    return { why: 'is in no folder, so it has no class', failed: true }
  let blob: Blob
  try {
    blob = file instanceof Blob ? file : await (await fetchOk(file, from)).blob()
  } catch (error) {
    from.signal?.throwIfAborted()
    return { why: `can't be fetched (${(error as Error).message})`, failed: true }
  }
  return decodePicture(blob, name, settings)
}

function listClasses(pictures: readonly NamedPicture[]): string[] {
  const classes = [...new Set(pictures.map(({ name }) => topFolder(name)))].filter(Boolean).sort()
  if (classes.length > 0) return classes
  throw new GankitError(
    'datasets',
    'data',
    'files are in no folders, expected one folder a class: leave labels out',
  )
}

const topFolder = (name: string) => name.slice(0, Math.max(0, name.indexOf('/')))

function allocate(count: number, sampleSize: number): Uint8Array {
  try {
    return new Uint8Array(count * sampleSize)
  } catch (cause) {
    const message = `files holds ${count} pictures, ${count * sampleSize} bytes at this size, more than a page can hold: take fewer, or a smaller size`
    throw new GankitError('datasets', 'option', message, { cause })
  }
}
