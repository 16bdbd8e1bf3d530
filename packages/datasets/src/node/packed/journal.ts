import { type FileHandle, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Skipped } from '@gankit/core'
import { firstDamaged } from './check-samples.ts'
import type { PackPlan } from './item.ts'
import { readRecords, recordLength } from './record.ts'
import { replaceFile } from './replace-file.ts'

/** A stretch of items that is packed: a line of journal.jsonl, written once its bytes are on the disk. */
export interface Entry {
  /** The item after the last one. */
  readonly to: number
  /** Samples so far. */
  readonly samples: number
  readonly skipped: readonly Skipped[]
  /** Of these skipped, how many count as lost. */
  readonly lost: number
}

/** Files of a cache that is being made, positioned at their ends. */
export interface Journal {
  readonly pixels: FileHandle
  readonly index: FileHandle
  /** What an interrupted build left that is right, in order. */
  readonly entries: readonly Entry[]
  /** Makes what was written so far last, then notes it. */
  append(entry: Entry): Promise<void>
  close(): Promise<void>
}

/** Opens a folder for building, with what an earlier build of the same plan left there. */
export async function openJournal(folder: string, plan: PackPlan): Promise<Journal> {
  const { identity, sources, sampleShape, count } = plan
  const wanted = JSON.stringify({ identity, sources, sampleShape, count })
  const planFile = join(folder, 'plan.json')
  if ((await readFile(planFile, 'utf8').catch(() => undefined)) !== wanted) {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await replaceFile(planFile, wanted)
  }
  const [pixels, index, journal] = await Promise.all(
    ['pixels.bin', 'index.bin', 'journal.jsonl'].map(name => open(join(folder, name), 'a+')),
  )
  const files = [pixels!, index!, journal!] as const
  const entries = await intact(files, plan)
  if (entries.length === 0) for (const file of files) await file.truncate(0)
  return {
    pixels: pixels!,
    index: index!,
    entries,
    async append(entry) {
      await Promise.all([pixels!.datasync(), index!.datasync()])
      await journal!.write(`${JSON.stringify(entry)}\n`)
      await journal!.datasync()
    },
    close: async () => void (await Promise.all(files.map(file => file.close()))),
  }
}

/** The entries whose bytes are all there and right; the files are cut to just these. */
async function intact(
  [pixels, index, journal]: readonly [FileHandle, FileHandle, FileHandle],
  { sampleShape, attributes = [] }: PackPlan,
): Promise<readonly Entry[]> {
  const text = await journal.readFile('utf8')
  // A line without its end was being written when the build stopped.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const entries = linesOf(whole)
  const last = entries.at(-1)
  if (!last) return []
  const sampleSize = sampleShape.reduce((product, side) => product * side, 1)
  const length = last.samples * recordLength(attributes.length)
  const records = new Uint8Array(length)
  const { bytesRead } = await index.read(records, 0, length, 0)
  if (bytesRead < length) return []
  const { checksums } = readRecords(records, attributes.length)
  if ((await firstDamaged(pixels, sampleSize, checksums)) !== undefined) return []
  await pixels.truncate(last.samples * sampleSize)
  await index.truncate(length)
  await journal.truncate(Buffer.byteLength(whole))
  return entries
}

function linesOf(text: string): Entry[] {
  try {
    return text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Entry)
  } catch {
    return []
  }
}
