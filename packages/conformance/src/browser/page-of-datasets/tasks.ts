import { type Dataset, isGankitError, type Skipped } from '@gankit/core'
import { type CartoonStyle, cartoonFaces, cartoonStyles, mnist } from '@gankit/datasets'
import {
  type IdxFilesOptions,
  type ImageFilesOptions,
  type ImageProgress,
  idxFiles,
  imageFiles,
} from '@gankit/datasets/browser'
import { setBackend } from '@tensorflow/tfjs'
import { type Results, runCases } from '../results.ts'
import { contract } from './contract.ts'
import { drawnFiles } from './drawn.ts'

/** A file whose bytes are sent along, or one that the page fetches. */
export type SentFile =
  | { readonly name: string; readonly base64: string; readonly relativePath?: string }
  | { readonly url: string }

export interface DatasetTask {
  readonly from: 'images' | 'drawn' | 'idx' | 'mnist' | CartoonStyle
  /** For 'images': pictures. For 'idx': images, and labels if wanted. For a style of faces: what renders them. */
  readonly files?: readonly SentFile[]
  /** How many pictures the page draws. */
  readonly drawn?: number
  readonly options?: Omit<ImageFilesOptions, 'fetch' | 'signal' | 'onProgress'>
  /** Aborts once so many pictures are done. */
  readonly abortAfter?: number
  /** Checks the contract of a dataset instead of sending pixels. */
  readonly contract?: boolean
}

export interface DatasetAnswer {
  /** The text of an error of gankit. */
  readonly error?: string
  /** The name of any other error, with its text. */
  readonly fault?: string
  readonly size?: number
  readonly sampleShape?: readonly number[]
  readonly classes?: readonly string[]
  readonly skipped?: readonly Skipped[]
  readonly labels?: readonly number[]
  /** One array a sample, 0 to 255. */
  readonly pixels?: readonly (readonly number[])[]
  readonly progress: readonly ImageProgress[]
  /** Bitmaps that were decoded and not closed. */
  readonly bitmapsOpen: number
  readonly results?: Results
}

let bitmapsOpen = 0
const { createImageBitmap } = self
const { close } = ImageBitmap.prototype
self.createImageBitmap = async (...given: unknown[]) => {
  const bitmap = await createImageBitmap(...(given as [Blob]))
  bitmapsOpen++
  return bitmap
}
ImageBitmap.prototype.close = function (this: ImageBitmap) {
  if (this.width > 0) bitmapsOpen--
  close.call(this)
}

export async function openDataset(task: DatasetTask): Promise<DatasetAnswer> {
  await setBackend('cpu')
  const progress: ImageProgress[] = []
  try {
    const dataset = await open(task, progress)
    const { size, sampleShape, classes, skipped } = dataset
    const content = task.contract ? { results: await runCases(contract(dataset)) } : await contentOf(dataset)
    return {
      size,
      sampleShape,
      ...(classes && { classes }),
      ...(skipped && { skipped }),
      ...content,
      progress,
      bitmapsOpen,
    }
  } catch (error) {
    const known = isGankitError(error)
    return { progress, bitmapsOpen, ...(known ? { error: error.message } : { fault: String(error) }) }
  }
}

async function open(task: DatasetTask, progress: ImageProgress[]): Promise<Dataset> {
  if (task.from === 'mnist') return mnist()
  if (isStyle(task.from)) {
    const [{ url }] = task.files as [{ url: string }]
    return cartoonFaces({ style: task.from, count: 10, size: 32, wasm: url })
  }
  const files = task.from === 'drawn' ? await drawnFiles(task.drawn!) : task.files!.map(fileOf)
  if (task.from === 'idx') {
    const [images, labels] = files as [File, File?]
    return idxFiles({ images, ...(labels && { labels }) } satisfies IdxFilesOptions)
  }
  const abort = new AbortController()
  return imageFiles(files, {
    ...task.options,
    signal: abort.signal,
    onProgress(now) {
      progress.push(now)
      if (now.done === task.abortAfter) abort.abort()
    },
  })
}

function isStyle(from: DatasetTask['from']): from is CartoonStyle {
  return from in cartoonStyles
}

function fileOf(sent: SentFile): File | string {
  if ('url' in sent) return sent.url
  const file = new File([Uint8Array.from(atob(sent.base64), char => char.charCodeAt(0))], sent.name)
  // Only a chosen folder sets it.
  if (sent.relativePath) Object.defineProperty(file, 'webkitRelativePath', { value: sent.relativePath })
  return file
}

/** All samples in their order, and their labels. */
async function contentOf(dataset: Dataset): Promise<Pick<DatasetAnswer, 'pixels' | 'labels'>> {
  const pixels: number[][] = []
  const labels: number[] = []
  for await (const batch of dataset.batches({ size: 1, shuffle: false, epochs: 1 })) {
    pixels.push(Array.from(await batch.samples.data(), value => Math.round((value + 1) * 127.5)))
    batch.samples.dispose()
    labels.push(...(batch.labels ?? []))
  }
  return { pixels, ...(dataset.classes && { labels }) }
}
