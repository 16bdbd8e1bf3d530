import { readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sizeOfShape } from '@gankit/core'
import { sha256Sync, syncFolder } from '@gankit/core/node'
import { checkSkipped, noneUsableError, type SkippedFile } from '../../images/skipped-files.ts'
import { recordLength, writeRecord } from './index-file.ts'
import { openJournal } from './journal.ts'
import { formatVersion, writeManifest } from './manifest.ts'
import type { Item, PackPlan } from './plan.ts'
import { allowSkippedHint, type PackOptions } from './plan.ts'

/** Limits of one entry of the journal; the limit of bytes keeps large samples from filling the memory. */
const maxEntry = { items: 256, bytes: 16 * 2 ** 20 }

/**
 * Builds the cache of a plan, or continues an interrupted build. The cache gets its name when all of it is on the disk.
 * @throws GankitError when too many items are skipped; the next try continues with what was built
 */
export async function buildCache(
  folder: string,
  plan: PackPlan,
  { allowSkipped, onProgress, signal }: PackOptions,
): Promise<void> {
  const building = `${folder}.building`
  const { count, classes, attributes, identity, sources, sampleShape } = plan
  const fitting = Math.floor(maxEntry.bytes / sizeOfShape(sampleShape))
  const step = Math.min(maxEntry.items, Math.max(1, fitting))
  const journal = await openJournal(building, plan)
  const skipped: SkippedFile[] = journal.entries.flatMap(entry => entry.skipped)
  let { to: done, samples } = journal.entries.at(-1) ?? { to: 0, samples: 0 }
  try {
    onProgress?.({ done, total: count, skipped: skipped.length })
    while (done < count) {
      signal?.throwIfAborted()
      const to = Math.min(done + step, count)
      const items = await plan.make(done, to)
      const left = items.flatMap(item =>
        'skipped' in item ? [{ ...item.skipped, counts: item.counts ?? true }] : [],
      )
      samples += items.length - left.length
      const entry = { to, samples, skipped: left }
      await journal.append(entry, ...packItems(items, plan))
      skipped.push(...left)
      done = to
      onProgress?.({ done, total: count, skipped: skipped.length })
      if (!allowSkipped) checkSkipped(skipped, count, allowSkippedHint)
    }
    if (samples === 0) throw noneUsableError(skipped)
  } finally {
    await journal.close()
  }
  await writeManifest(building, {
    version: formatVersion,
    identity,
    sources,
    sampleShape,
    samples,
    ...(classes && { classes }),
    ...(attributes && { attributes }),
    skipped,
    index: sha256Sync(await readFile(join(building, 'index.bin'))),
  })
  await rm(folder, { recursive: true, force: true })
  await rename(building, folder)
  await syncFolder(dirname(folder))
  for (const name of ['plan.json', 'journal.jsonl']) await rm(join(folder, name), { force: true })
}

/** The bytes and index records of the samples among these items. */
function packItems(
  items: readonly Item[],
  { sampleShape, attributes = [] }: PackPlan,
): [bytes: Uint8Array, records: Uint8Array] {
  const kept = items.filter(item => 'bytes' in item)
  const sampleSize = sizeOfShape(sampleShape)
  const length = recordLength(attributes.length)
  const bytes = new Uint8Array(kept.length * sampleSize)
  const records = new Uint8Array(kept.length * length)
  for (const [i, item] of kept.entries()) {
    if (item.bytes.length !== sampleSize)
      throw new Error(`an item has ${item.bytes.length} bytes, expected ${sampleSize}`)
    bytes.set(item.bytes, i * sampleSize)
    writeRecord(records.subarray(i * length, (i + 1) * length), item.bytes, item.label ?? -1, item.attributes)
  }
  return [bytes, records]
}
