import { type Dataset, GankitError, sizeOfShape } from '@gankit/core'
import { inLanes } from '../concurrency.ts'
import { bytesDataset } from '../dataset/from-arrays.ts'
import { type ImageOptions, type ImageSettings, imageSettings } from '../images/image-options.ts'
import { checkLosses, noneUsable } from '../images/skipped-files.ts'
import { type Decoded, decodePicture } from './decode-picture.ts'
import { type FetchOptions, fetchOk } from './fetch-ok.ts'
import { type NamedPicture, namedPictures, type PictureFile } from './named-pictures.ts'

export interface ImageFilesOptions extends ImageOptions, FetchOptions {
  /** Goes on where more than 5% of the pictures gave no sample. Default false. */
  readonly allowSkipped?: boolean
  /** Told after each picture how far it is. */
  readonly onProgress?: (progress: ImageProgress) => void
}

export interface ImageProgress {
  /** Pictures gone through. */
  readonly done: number
  readonly total: number
  readonly skipped: number
}

/** Decodes are the platform's own threads; more of them would only hold more large pictures at a time. */
const decodesAtOnce = 4

/**
 * Pictures that a user chose or a site serves, as samples [height, width, channels]. All are decoded before it
 * returns, by the platform, and kept in memory, one byte a number. They are in the order of their paths, as in Node's
 * `imageFolder`; those that can't be used are in `skipped`, with the reason.
 * @param files Files, Blobs with a name, or addresses, which are fetched
 * @throws GankitError for an option out of range, for more than 5% skipped, and where no sample is left; the signal's
 * reason when it is aborted
 */
export async function imageFiles(
  files: Iterable<PictureFile> | AsyncIterable<PictureFile>,
  { allowSkipped = false, onProgress, fetch, signal, ...options }: ImageFilesOptions = {},
): Promise<Dataset> {
  const settings = imageSettings(options)
  const from: FetchOptions = { ...(fetch && { fetch }), ...(signal && { signal }) }
  signal?.throwIfAborted()
  const pictures = await namedPictures(files, signal)
  const total = pictures.length
  const sampleSize = sizeOfShape(settings.sampleShape)
  const images = allocate(total, sampleSize)
  const classes = settings.labels === 'folders' ? classesOf(pictures) : undefined
  const reasons = new Map<number, string>()
  let [done, lost] = [0, 0]
  await inLanes(
    pictures,
    decodesAtOnce,
    async (picture, index) => {
      const sample = await read(picture, settings, from)
      if ('bytes' in sample) images.set(sample.bytes, index * sampleSize)
      else {
        reasons.set(index, sample.why)
        if (sample.lost) lost++
      }
      onProgress?.({ done: ++done, total, skipped: reasons.size })
    },
    signal,
  )
  const skipped = pictures.flatMap(({ name }, index) => {
    const why = reasons.get(index)
    return why ? [{ name, why }] : []
  })
  if (skipped.length === total) throw noneUsable(skipped)
  if (!allowSkipped) checkLosses({ skipped, lost, of: total }, 'allowSkipped')

  const kept = pictures.flatMap((_, index) => (reasons.has(index) ? [] : [index]))
  for (const [to, index] of kept.entries())
    images.copyWithin(to * sampleSize, index * sampleSize, (index + 1) * sampleSize)
  const { augment } = settings
  return bytesDataset({
    images: images.subarray(0, kept.length * sampleSize),
    sampleShape: settings.sampleShape,
    ...(classes && {
      labels: Int32Array.from(kept, index => classes.indexOf(folderOf(pictures[index]!.name))),
      classes,
    }),
    skipped,
    ...(augment && { augment }),
  })
}

async function read(
  { name, file }: NamedPicture,
  settings: ImageSettings,
  from: FetchOptions,
): Promise<Decoded> {
  if (settings.labels === 'folders' && !folderOf(name))
    return { why: 'is in no folder, so it has no class', lost: true }
  let blob: Blob
  try {
    blob = file instanceof Blob ? file : await (await fetchOk(file, from)).blob()
  } catch (error) {
    from.signal?.throwIfAborted()
    return { why: `can't be fetched (${(error as Error).message})`, lost: true }
  }
  return decodePicture(blob, name, settings)
}

function classesOf(pictures: readonly NamedPicture[]): string[] {
  const classes = [...new Set(pictures.map(({ name }) => folderOf(name)))].filter(Boolean).sort()
  if (classes.length > 0) return classes
  throw new GankitError(
    'datasets',
    'data',
    'files are in no folders, expected one folder a class: leave labels out',
  )
}

const folderOf = (name: string) => name.slice(0, Math.max(0, name.indexOf('/')))

function allocate(count: number, sampleSize: number): Uint8Array {
  try {
    return new Uint8Array(count * sampleSize)
  } catch (cause) {
    const message = `files holds ${count} pictures, ${count * sampleSize} bytes at this size, more than a page can hold: take fewer, or a smaller size`
    throw new GankitError('datasets', 'option', message, { cause })
  }
}
