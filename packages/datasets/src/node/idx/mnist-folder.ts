import { type Dataset, GankitError } from '@gankit/core'
import { fromArrays } from '../../dataset/from-arrays.ts'
import { findIdxFiles, type Part, type PartFiles } from './find-idx-files.ts'
import { readIdxFile } from './read-idx-file.ts'

export interface MnistFolderOptions {
  /** The `train-…` files, the `t10k-…` files, or both, one after the other. Default: train where it exists. */
  readonly split?: 'train' | 'test' | 'all'
  /** The names of the classes, where there are labels. Default: '0', '1', … up to the largest label. */
  readonly classes?: readonly string[]
}

/** The images and labels of one part, in bytes. */
interface PartBytes {
  readonly path: string
  readonly images: Uint8Array
  readonly labels?: Uint8Array
  readonly rows: number
  readonly columns: number
}

/**
 * A folder of IDX files with the names of MNIST's, plain or gzip, with images of any size: [rows, columns, 1]. All images
 * are held in memory, one byte per pixel. Without a labels file the dataset has no labels.
 * @throws GankitError that names the file at fault
 */
export async function mnistFolder(
  folder: string,
  { split, classes }: MnistFolderOptions = {},
): Promise<Dataset> {
  const files = await findIdxFiles(folder)
  const parts: PartBytes[] = []
  for (const part of chooseParts(split, files)) parts.push(await readPart(folder, part, files[part]))
  const [{ path, rows, columns }] = parts as [PartBytes]
  for (const other of parts)
    if (other.rows !== rows || other.columns !== columns)
      throw new GankitError(
        'datasets',
        'data',
        `images file ${other.path} has images of ${other.rows}×${other.columns}, expected ${rows}×${columns} as in ${path}`,
      )
  const labels = parts.flatMap(part => part.labels ?? [])
  if (labels.length > 0 && labels.length < parts.length)
    throw new GankitError(
      'datasets',
      'file',
      `folder ${folder} has labels for one of train and t10k only: add the other labels file, or take one split`,
    )
  return fromArrays({
    samples: concatenate(parts.map(part => part.images)),
    ...(labels.length > 0 && { labels: concatenate(labels), ...(classes && { classes }) }),
    shape: [rows, columns, 1],
  })
}

function chooseParts(split: MnistFolderOptions['split'], files: Record<Part, PartFiles>): Part[] {
  switch (split) {
    case undefined:
      return Object.keys(files.train).length > 0 ? ['train'] : ['t10k']
    case 'train':
      return ['train']
    case 'test':
      return ['t10k']
    case 'all':
      return ['train', 't10k']
    default:
      throw new GankitError('datasets', 'option', `split is ${split}, expected 'train', 'test' or 'all'`)
  }
}

async function readPart(folder: string, part: Part, files: PartFiles): Promise<PartBytes> {
  if (!files.images)
    throw new GankitError(
      'datasets',
      'file',
      `folder ${folder} has ${files.labels ? 'labels but no images' : 'no images'}, expected ${part}-images-idx3-ubyte (.gz or not)`,
    )
  const images = await readIdxFile(files.images, `images file ${files.images}`, 3)
  const [count, rows, columns] = images.shape as [number, number, number]
  if (images.data.length === 0)
    throw new GankitError(
      'datasets',
      'data',
      `images file ${files.images} has shape ${images.shape.join('×')}, expected at least one image of one pixel`,
    )
  const labels = files.labels && (await readIdxFile(files.labels, `labels file ${files.labels}`, 1))
  if (labels && labels.data.length !== count)
    throw new GankitError(
      'datasets',
      'data',
      `labels file ${files.labels} has ${labels.data.length} labels, expected ${count} as there are images in ${files.images}: do they belong together?`,
    )
  return { path: files.images, images: images.data, ...(labels && { labels: labels.data }), rows, columns }
}

function concatenate(arrays: Uint8Array[]): Uint8Array {
  if (arrays.length === 1) return arrays[0]!
  const whole = new Uint8Array(arrays.reduce((length, array) => length + array.length, 0))
  let at = 0
  for (const array of arrays) {
    whole.set(array, at)
    at += array.length
  }
  return whole
}
