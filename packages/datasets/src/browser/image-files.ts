import { type Dataset, GankitError, sizeOfShape } from '@gankit/core'
import { forEachConcurrent } from '../concurrency.ts'
import { type ArrayOptions, fromArrays } from '../dataset/from-arrays.ts'
import { type FolderClasses, findFolderClasses } from '../images/folder-classes.ts'
import { type ImageSettings, parseImageOptions } from '../images/image-options.ts'
import { isPictureName } from '../images/picture-formats.ts'
import { checkSkipped, noneUsableError, type SkippedFile } from '../images/skipped-files.ts'
import type { ImageOptions } from '../options.ts'
import { type Decoded, decodePicture } from './decode-picture.ts'
import { type FetchOptions, fetchOk } from './fetch-ok.ts'
import { type NamedPicture, namedPictures, type PictureFile } from './named-pictures.ts'

export interface ImageFilesOptions extends ImageOptions, FetchOptions {
  /** Continues where more than 5% of the pictures gave no sample. Default false. */
  readonly allowSkipped?: boolean
  /** Gets a line for a person, such as that all pictures are of one class. */
  readonly onNote?: (line: string) => void
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
  options: ImageFilesOptions = {},
): Promise<Dataset> {
  return fromArrays(await decodeImageFiles(files, options))
}

/**
 * The same as plain data, which a page may keep in IndexedDB: `fromArrays` makes the dataset of it.
 * @throws GankitError as `imageFiles` does
 */
export async function decodeImageFiles(
  files: Iterable<PictureFile> | AsyncIterable<PictureFile>,
  { allowSkipped = false, onProgress, onNote, fetch, signal, ...options }: ImageFilesOptions = {},
): Promise<ArrayOptions & { readonly samples: Uint8Array }> {
  const settings = parseImageOptions(options)
  const from: FetchOptions = { ...(fetch && { fetch }), ...(signal && { signal }) }
  signal?.throwIfAborted()
  const pictures = await namedPictures(files, signal)
  const total = pictures.length
  const sampleSize = sizeOfShape(settings.sampleShape)
  const images = allocate(total, sampleSize)
  const byFolder = settings.labels === 'folders' ? findClasses(pictures) : undefined
  if (byFolder?.warning) onNote?.(byFolder.warning)
  const left = new Map<number, SkippedFile>()
  let done = 0
  await forEachConcurrent(
    pictures,
    concurrentDecodes,
    async (picture, index) => {
      const sample = await readPicture(picture, settings, from, byFolder)
      if ('bytes' in sample) images.set(sample.bytes, index * sampleSize)
      else {
        left.set(index, { name: picture.name, why: sample.why, counts: sample.failed })
      }
      onProgress?.({ done: ++done, total, skipped: left.size })
    },
    signal,
  )
  const skipped = [...left].sort(([a], [b]) => a - b).map(([, file]) => file)
  if (skipped.length === total) throw noneUsableError(skipped)
  const kept = pictures.flatMap((_, index) => (left.has(index) ? [] : [index]))
  const failed = skipped.filter(({ counts }) => counts).length
  if (!allowSkipped) checkSkipped(skipped, kept.length + failed, 'allowSkipped')

  for (const [to, index] of kept.entries())
    images.copyWithin(to * sampleSize, index * sampleSize, (index + 1) * sampleSize)
  const { augment } = settings
  return {
    samples: images.slice(0, kept.length * sampleSize),
    shape: settings.sampleShape,
    ...(byFolder && {
      labels: Int32Array.from(kept, index => byFolder.labelOf(pictures[index]!.name)),
      classes: byFolder.classes,
    }),
    skipped: skipped.map(({ name, why }) => ({ name, why })),
    ...(augment && { augment }),
  }
}

async function readPicture(
  { name, file }: NamedPicture,
  settings: ImageSettings,
  from: FetchOptions,
  byFolder: FolderClasses | undefined,
): Promise<Decoded> {
  try {
    byFolder?.labelOf(name)
  } catch (error) {
    return { why: (error as Error).message, failed: isPictureName(name) }
  }
  let blob: Blob
  try {
    blob = file instanceof Blob ? file : await (await fetchOk(file, from)).blob()
  } catch (error) {
    from.signal?.throwIfAborted()
    return { why: `can't be fetched (${(error as Error).message})`, failed: true }
  }
  return decodePicture(blob, name, settings)
}

function findClasses(pictures: readonly NamedPicture[]): FolderClasses {
  const found = findFolderClasses(pictures.map(({ name }) => name))
  if (found) return found
  throw new GankitError(
    'datasets',
    'data',
    'files are in no folders, expected one folder a class: leave labels out',
  )
}

function allocate(count: number, sampleSize: number): Uint8Array {
  try {
    return new Uint8Array(count * sampleSize)
  } catch (cause) {
    const message = `files holds ${count} pictures, ${count * sampleSize} bytes at this size, more than a page can hold: take fewer, or a smaller size`
    throw new GankitError('datasets', 'option', message, { cause })
  }
}
