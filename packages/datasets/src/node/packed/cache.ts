import { type FileHandle, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { GankitError, sizeOfShape } from '@gankit/core'
import { sha256Sync } from '@gankit/core/node'
import type { SampleSource } from '../../dataset/create-dataset.ts'
import { type Columns, readRecords, recordLength } from './index-file.ts'
import { readManifest } from './manifest.ts'
import type { PackPlan } from './plan.ts'
import { firstDamaged, readSamples } from './samples-file.ts'

/** Caches up to this size are read through and checked when they are opened, larger ones sample by sample. */
const checkedAtOnce = 512 * 2 ** 20

/** A cache that is right, ready to be read. */
export interface Cache {
  readonly source: SampleSource
  /** Of all items, how many count as lost. */
  readonly lost: number
}

/**
 * Opens the cache of a plan. Nothing of it is used unless its checksums are right.
 * @throws Error with the reason why it can't serve, `code` 'ENOENT' where there is none
 */
export async function openCache(
  folder: string,
  plan: PackPlan,
  signal?: AbortSignal,
  checkedUpTo: number = checkedAtOnce,
): Promise<Cache> {
  const { samples, sampleShape, classes, attributes, skipped, lost, index } = await readManifest(folder, plan)
  const width = attributes?.length ?? 0
  const sampleSize = sizeOfShape(sampleShape)
  const records = await readFile(join(folder, 'index.bin')).catch(unreadable)
  if (records.length !== samples * recordLength(width) || sha256Sync(records) !== index)
    throw new Error('has an index that is damaged')
  const columns = readRecords(records, width)
  const file = await open(join(folder, 'pixels.bin')).catch(unreadable)
  try {
    const { size } = await file.stat()
    if (size !== samples * sampleSize)
      throw new Error(`has ${size} bytes of pixels, expected ${samples * sampleSize}`)
    const checked = size <= checkedUpTo
    const damaged = checked && (await firstDamaged(file, sampleSize, columns.checksums, signal))
    if (typeof damaged === 'number') throw new Error(`is damaged in sample ${damaged}`)
    const source: SampleSource = {
      sampleShape,
      size: samples,
      ...(classes && { classes, labels: columns.labels }),
      ...(attributes && { attributes, codes: columns.codes }),
      skipped,
      ...(plan.augment && { augment: plan.augment }),
      read: reader(file, folder, sampleSize, checked ? undefined : columns),
      close: () => file.close(),
    }
    return { source, lost }
  } catch (error) {
    await file.close()
    throw error
  }
}

function unreadable({ code }: NodeJS.ErrnoException): never {
  throw new Error(`has a file that can't be read (${code})`)
}

function reader(
  file: FileHandle,
  folder: string,
  sampleSize: number,
  unchecked: Columns | undefined,
): SampleSource['read'] {
  return async indices => {
    if (file.fd < 0) throw new GankitError('datasets', 'state', `cache ${folder} is closed: open it again`)
    const values = await readSamples(file.fd, sampleSize, indices)
    if (unchecked)
      for (const [row, index] of indices.entries()) {
        const bytes = values.subarray(row * sampleSize, (row + 1) * sampleSize)
        if (crc32(bytes) !== unchecked.checksums[index]) throw await setAside(folder, index)
      }
    return values
  }
}

/** Sees to it that a damaged cache is not opened again. */
async function setAside(folder: string, sample: number): Promise<GankitError> {
  const manifest = join(folder, 'manifest.json')
  await rename(manifest, `${manifest}.damaged`).catch(() => undefined)
  return new GankitError(
    'datasets',
    'data',
    `cache ${folder} is damaged in sample ${sample}: start again, and it is made anew`,
  )
}
