import { type Dataset, GankitError, isGankitError } from '@gankit/core'
import { fromArrays } from '../dataset/from-arrays.ts'
import type { Idx } from '../idx.ts'
import { type FetchOptions, fetchOk } from './fetch-ok.ts'
import { collectIdx } from './idx-stream.ts'

export interface IdxFilesOptions extends FetchOptions {
  /** Images of any size, IDX with 3 dimensions, plain or gzip: a file or its address. */
  readonly images: Blob | URL | string
  /** One label per image, IDX with 1 dimension. Default: no labels. */
  readonly labels?: Blob | URL | string
}

/**
 * Images [rows, columns, 1] from IDX files, the format of MNIST, which a user chose or a site serves. They are held in memory,
 * one byte per pixel.
 * @throws GankitError that names the file at fault; the signal's reason when it is aborted
 */
export async function idxFiles({ images, labels, ...from }: IdxFilesOptions): Promise<Dataset> {
  const pictures = await readIdx(images, 'images', 3, from)
  const [count, rows, columns] = pictures.shape as [number, number, number]
  if (pictures.data.length === 0)
    throw new GankitError(
      'datasets',
      'data',
      `${describeFile(images, 'images')} has shape ${pictures.shape.join('×')}, expected at least one image of one pixel`,
    )
  const numbers = labels && (await readIdx(labels, 'labels', 1, from)).data
  if (labels && numbers && numbers.length !== count)
    throw new GankitError(
      'datasets',
      'data',
      `${describeFile(labels, 'labels')} has ${numbers.length} labels, expected ${count} as there are images in ${describeFile(images, 'images')}: do they belong together?`,
    )
  return fromArrays({
    samples: pictures.data,
    ...(numbers && { labels: numbers }),
    shape: [rows, columns, 1],
  })
}

async function readIdx(
  file: Blob | URL | string,
  what: string,
  dimensions: number,
  from: FetchOptions,
): Promise<Idx> {
  const name = describeFile(file, what)
  try {
    const stream = file instanceof Blob ? file.stream() : (await fetchOk(file, from)).body
    return await collectIdx(stream ?? new Blob().stream(), name, dimensions, from.signal)
  } catch (error) {
    from.signal?.throwIfAborted()
    if (isGankitError(error)) throw error
    const message = `${name} can't be read (${(error as Error).message}): is it there, and whole?`
    throw new GankitError('datasets', 'file', message, { cause: error })
  }
}

function describeFile(file: Blob | URL | string, what: string): string {
  const name = file instanceof Blob ? (file as Partial<File>).name : String(file)
  return `${what} file${name ? ` ${name}` : ''}`
}
