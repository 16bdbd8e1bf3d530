import { type Dataset, isGankitError, type Skipped } from '@gankit/core'
import { birds, type CartoonStyle, cartoonFaces, cartoonStyles, mnist } from '@gankit/datasets'
import {
  type IdxFilesOptions,
  type ImageFilesOptions,
  type ImageProgress,
  idxFiles,
  imageFiles,
} from '@gankit/datasets/browser'
import { setBackend } from '@tensorflow/tfjs'
import { type Results, runCases } from '../../results.ts'
import { createContractCases } from './contract.ts'

/** A file whose bytes are part of the task, or a file that the page fetches. */
export type SentFile =
  | { readonly name: string; readonly base64: string; readonly relativePath?: string }
  | { readonly url: string }

export interface DatasetTask {
  readonly from: 'images' | 'drawn' | 'idx' | 'mnist' | 'birds' | CartoonStyle
  /** For 'images': pictures. For 'idx': images, then labels if there are any. For birds and a style of faces: the SVG renderer. */
  readonly files?: readonly SentFile[]
  /** For 'drawn': the number of pictures that the page draws. */
  readonly drawn?: number
  readonly options?: Omit<ImageFilesOptions, 'fetch' | 'signal' | 'onProgress'>
  /** Aborts after so many pictures. */
  readonly abortAfter?: number
  /** Checks the contract of a dataset, or of its first so many samples, and returns no pixels. */
  readonly contract?: boolean | number
}

export interface DatasetAnswer {
  /** The message of a GankitError. */
  readonly error?: string
  /** The name and message of any other error. */
  readonly fault?: string
  readonly size?: number
  readonly sampleShape?: readonly number[]
  readonly classes?: readonly string[]
  readonly skipped?: readonly Skipped[]
  readonly labels?: readonly number[]
  /** One array a sample, 0 to 255. */
  readonly pixels?: readonly (readonly number[])[]
  readonly progress: readonly ImageProgress[]
  /** Bitmaps decoded and not closed. */
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
    const content = task.contract
      ? { results: await runCases(createContractCases(firstOf(dataset, task.contract))) }
      : await readContent(dataset)
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
  if (task.from === 'birds' || isCartoonStyle(task.from)) {
    const [{ url }] = task.files as [{ url: string }]
    const options = { count: 10, size: 32, wasm: url }
    return task.from === 'birds' ? birds(options) : cartoonFaces({ style: task.from, ...options })
  }
  const files = task.from === 'drawn' ? await drawFiles(task.drawn!) : task.files!.map(toFile)
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

function firstOf(dataset: Dataset, count: number | true): Dataset {
  return count === true ? dataset : dataset.select!(Uint32Array.from({ length: count }, (_, i) => i))
}

function isCartoonStyle(from: DatasetTask['from']): from is CartoonStyle {
  return from in cartoonStyles
}

function toFile(sent: SentFile): File | string {
  if ('url' in sent) return sent.url
  const file = new File([Uint8Array.from(atob(sent.base64), char => char.charCodeAt(0))], sent.name)
  // Browsers set this path only for files of a chosen folder.
  if (sent.relativePath) Object.defineProperty(file, 'webkitRelativePath', { value: sent.relativePath })
  return file
}

/** All samples in order, and their labels. */
async function readContent(dataset: Dataset): Promise<Pick<DatasetAnswer, 'pixels' | 'labels'>> {
  const pixels: number[][] = []
  const labels: number[] = []
  for await (const batch of dataset.batches({ size: 1, shuffle: false, epochs: 1 })) {
    pixels.push(Array.from(await batch.samples.data(), value => Math.round((value + 1) * 127.5)))
    batch.samples.dispose()
    labels.push(...(batch.labels ?? []))
  }
  return { pixels, ...(dataset.classes && { labels }) }
}

/** Draws pictures, no two alike, which the browser encodes in turn as PNG, JPEG and WebP. */
async function drawFiles(count: number): Promise<File[]> {
  const files: File[] = []
  for (let i = 0; i < count; i++) {
    const canvas = new OffscreenCanvas(40 + i, 30)
    const context = canvas.getContext('2d')!
    context.fillStyle = `hsl(${(360 * i) / count} 80% 50%)`
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.fillStyle = 'white'
    context.fillRect(i, i % 7, 8, 8)
    const kind = ['png', 'jpeg', 'webp'][i % 3]!
    const blob = await canvas.convertToBlob({ type: `image/${kind}` })
    if (blob.type !== `image/${kind}`) throw new Error(`${kind} came as ${blob.type}`)
    files.push(new File([blob], `${kind}/${String(i).padStart(3, '0')}.${kind}`))
  }
  return files
}
