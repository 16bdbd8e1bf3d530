import { type FileHandle, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { sizeOfShape } from '@gankit/core'
import { replaceFile } from '@gankit/core/node'
import type { SkippedFile } from '../../images/skipped-files.ts'
import { readRecords, recordLength } from './index-file.ts'
import type { PackPlan } from './plan.ts'
import { findDamagedSample } from './samples-file.ts'

/** A run of packed items: a line of journal.jsonl, written when their bytes are on the disk. */
export interface Entry {
  /** The number of the item after the last one. */
  readonly to: number
  /** Samples so far. */
  readonly samples: number
  readonly skipped: readonly SkippedFile[]
}

/** An entry as it is written, with the CRC-32 of index.bin up to it. */
interface StoredEntry extends Entry {
  readonly index: number
}

/** The files of a cache that is being built. */
export interface Journal {
  /** The intact entries of an interrupted build, in order. */
  readonly entries: readonly Entry[]
  /** Writes bytes and records of samples, syncs them to the disk, then writes the entry. */
  append(entry: Entry, bytes: Uint8Array, records: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** Opens a folder for building, and keeps what an earlier build of the same plan left there. */
export async function openJournal(folder: string, plan: PackPlan): Promise<Journal> {
  const { identity, sources, sampleShape, count } = plan
  const wanted = JSON.stringify({ identity, sources, sampleShape, count })
  const planFile = join(folder, 'plan.json')
  if ((await readFile(planFile, 'utf8').catch(() => undefined)) !== wanted) {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await replaceFile(planFile, wanted)
  }
  const files: FileHandle[] = []
  const close = async () => void (await Promise.all(files.map(file => file.close())))
  try {
    for (const name of ['pixels.bin', 'index.bin', 'journal.jsonl'])
      files.push(await open(join(folder, name), 'a+'))
    const [pixels, index, journal] = files as [FileHandle, FileHandle, FileHandle]
    const entries = await readIntactEntries(pixels, index, journal, plan)
    let checksum = entries.at(-1)?.index ?? 0
    return {
      entries,
      close,
      async append(entry, bytes, records) {
        // One after the other: when one write fails because the disk is full, none may be left running.
        await pixels.appendFile(bytes)
        await index.appendFile(records)
        await Promise.all([pixels.datasync(), index.datasync()])
        checksum = crc32(records, checksum)
        await journal.appendFile(formatLine({ ...entry, index: checksum }))
        await journal.datasync()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** How far another process is with a cache that it builds. */
export async function readBuilt(
  folder: string,
): Promise<{ readonly done: number; readonly skipped: number }> {
  const entries = parseEntries(await readFile(join(folder, 'journal.jsonl'), 'utf8').catch(() => ''))
  return {
    done: entries.at(-1)?.to ?? 0,
    skipped: entries.reduce((sum, entry) => sum + entry.skipped.length, 0),
  }
}

/** Reads the entries whose bytes are complete and intact, and truncates the files to them. */
async function readIntactEntries(
  pixels: FileHandle,
  index: FileHandle,
  journal: FileHandle,
  { sampleShape, attributes = [] }: PackPlan,
): Promise<readonly StoredEntry[]> {
  const sampleSize = sizeOfShape(sampleShape)
  const length = recordLength(attributes.length)
  const records = await index.readFile()
  const written = takeIndexedEntries(parseEntries(await journal.readFile('utf8')), records, length)
  const checked = records.subarray(0, (written.at(-1)?.samples ?? 0) * length)
  const damaged = await findDamagedSample(
    pixels,
    sampleSize,
    readRecords(checked, attributes.length).checksums,
  )
  const entries = written.filter(({ samples }) => damaged === undefined || samples <= damaged)
  const samples = entries.at(-1)?.samples ?? 0
  await pixels.truncate(samples * sampleSize)
  await index.truncate(samples * length)
  await journal.truncate(Buffer.byteLength(entries.map(formatLine).join('')))
  return entries
}

const formatLine = (entry: StoredEntry): string => {
  const text = JSON.stringify(entry)
  return `${crc32(text)} ${text}\n`
}

/** Parses the entries of a journal up to the first line that is damaged or cut off. */
function parseEntries(text: string): StoredEntry[] {
  const entries: StoredEntry[] = []
  for (const line of text.split('\n').slice(0, -1)) {
    const [checksum, entry] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]
    if (checksum !== String(crc32(entry))) break
    entries.push(JSON.parse(entry) as StoredEntry)
  }
  return entries
}

/** The entries up to the first one whose index records are damaged or missing. */
function takeIndexedEntries(
  entries: readonly StoredEntry[],
  records: Uint8Array,
  length: number,
): readonly StoredEntry[] {
  let [at, checksum] = [0, 0]
  const wrong = entries.findIndex(({ samples, index }) => {
    checksum = crc32(records.subarray(at, samples * length), checksum)
    at = samples * length
    return checksum !== index || at > records.length
  })
  return wrong < 0 ? entries : entries.slice(0, wrong)
}
