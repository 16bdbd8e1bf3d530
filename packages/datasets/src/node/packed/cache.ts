import { type FileHandle, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { GankitError, sizeOfShape } from '@gankit/core'
import { sha256Sync } from '@gankit/core/node'
import type { SampleSource } from '../../dataset/create-dataset.ts'
import type { SkippedFile } from '../../images/skipped-files.ts'
import { type IndexColumns, readRecords, recordLength } from './index-file.ts'
import { readManifest } from './manifest.ts'
import type { PackPlan } from './plan.ts'
import { findDamagedSample, readSamples } from './samples-file.ts'

/** Caches up to this many bytes are checked when they are opened, larger ones sample by sample as they are read. */
const maxCheckedAtOnce = 512 * 2 ** 20

/** A valid cache, ready to be read. */
export interface Cache {
  readonly source: SampleSource
  readonly skipped: readonly SkippedFile[]
}

/**
 * Opens the cache of a plan after checking its checksums.
 * @throws Error with the reason why it can't be used, with `code` 'ENOENT' where there is none
 */
export async function openCache(
  folder: string,
  plan: PackPlan,
  signal?: AbortSignal,
  checkedUpTo: number = maxCheckedAtOnce,
): Promise<Cache> {
  const { samples, sampleShape, classes, attributes, skipped, index } = await readManifest(folder, plan)
  const width = attributes?.length ?? 0
  const sampleSize = sizeOfShape(sampleShape)
  const records = await readFile(join(folder, 'index.bin')).catch(throwUnreadable)
  if (records.length !== samples * recordLength(width) || sha256Sync(records) !== index)
    throw new Error('has an index that is damaged')
  const columns = readRecords(records, width)
  const file = await open(join(folder, 'pixels.bin')).catch(throwUnreadable)
  try {
    const { size } = await file.stat()
    if (size !== samples * sampleSize)
      throw new Error(`has ${size} bytes of pixels, expected ${samples * sampleSize}`)
    const isChecked = size <= checkedUpTo
    const damaged = isChecked && (await findDamagedSample(file, sampleSize, columns.checksums, signal))
    if (typeof damaged === 'number') throw new Error(`is damaged in sample ${damaged}`)
    const source: SampleSource = {
      sampleShape,
      size: samples,
      ...(classes && { classes, labels: columns.labels }),
      ...(attributes && { attributes: { definitions: attributes, values: columns.attributes } }),
      skipped: skipped.map(({ name, why }) => ({ name, why })),
      ...(plan.augment && { augment: plan.augment }),
      read: createReader(file, folder, sampleSize, isChecked ? undefined : columns),
      close: () => file.close(),
    }
    return { source, skipped }
  } catch (error) {
    await file.close()
    throw error
  }
}

function throwUnreadable({ code }: NodeJS.ErrnoException): never {
  throw new Error(`has a file that can't be read (${code})`)
}

/** Reads samples by number. @param unchecked the checksums, where samples are to be checked as they are read */
function createReader(
  file: FileHandle,
  folder: string,
  sampleSize: number,
  unchecked: IndexColumns | undefined,
): SampleSource['read'] {
  return async indices => {
    if (file.fd < 0) throw new GankitError('datasets', 'state', `cache ${folder} is closed: open it again`)
    const values = await readSamples(file.fd, sampleSize, indices)
    if (unchecked)
      for (const [row, index] of indices.entries()) {
        const bytes = values.subarray(row * sampleSize, (row + 1) * sampleSize)
        if (crc32(bytes) !== unchecked.checksums[index]) throw await invalidate(folder, index)
      }
    return values
  }
}

/** Renames the manifest of a damaged cache, so that it isn't opened again. @returns the error to throw */
async function invalidate(folder: string, sample: number): Promise<GankitError> {
  const manifest = join(folder, 'manifest.json')
  await rename(manifest, `${manifest}.damaged`).catch(() => undefined)
  return new GankitError(
    'datasets',
    'data',
    `cache ${folder} is damaged in sample ${sample}: start again, and it is made anew`,
  )
}
