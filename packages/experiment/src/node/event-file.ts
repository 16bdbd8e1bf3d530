import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { parseEvents } from '../events/parse.ts'
import type { EventRecord } from '../events/records.ts'
import { runFiles } from './layout.ts'

/** A place between two lines of an event file. */
export interface EventPlace {
  /** Lines before it. */
  readonly line: number
  /** Bytes before it. */
  readonly offset: number
}

/** Some lines of an event file. */
export interface EventBatch {
  /** Their records, without lines that are none. */
  readonly records: readonly EventRecord[]
  /** The records as a list in JSON. */
  readonly json: string
  /** Where the next lines begin; where the batch begins, if there is no whole line. */
  readonly end: EventPlace
}

/** Bytes that are read at once; a longer line is no record, and is skipped. */
const chunkBytes = 2 ** 18
/** Batches that are kept for other readers, at most. */
const maxKept = 16
const lineFeed = 0x0a

/** No link is followed, and no pipe is waited for. */
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * The event file of a run that may be written to by another process, read bit by bit: any number of readers that are at the
 * same place read and parse it once. What is in the file is as it was at the last `refresh`.
 */
export class EventFile {
  /** Counts how often the file turned out to be another one, or shorter than what was read: then all places are void. */
  generation = 0
  private readonly path: string
  private identity = ''
  private size = 0
  private seen = 0
  private kept = new Map<number, Promise<EventBatch>>()
  /** Where batches of whole chunks end, so that a line is found without reading all before it. */
  private index: EventPlace[] = []
  /** A line that is too long and has no end so far, and up to where there is none. */
  private long = { offset: -1, searched: 0 }

  constructor(run: string) {
    this.path = runFiles(run).events
  }

  /** Looks at the file. @returns whether there is more or something else to read */
  async refresh(): Promise<boolean> {
    const found = await this.withFile(async (_, { dev, ino, size }) => ({ identity: `${dev} ${ino}`, size }))
    const { identity, size } = found ?? { identity: '', size: 0 }
    if (identity === this.identity && size === this.size) return false
    if (this.seen > 0 && (identity !== this.identity || size < this.seen)) {
      this.generation++
      this.seen = 0
      this.index = []
      this.long = { offset: -1, searched: 0 }
    }
    this.identity = identity
    this.size = size
    this.kept = new Map()
    return true
  }

  /** The next whole lines behind a place, some 256 KiB of them. */
  read(from: EventPlace): Promise<EventBatch> {
    const known = this.kept.get(from.offset)
    if (known) return known
    const batch = this.readBatch(from)
    this.kept.set(from.offset, batch)
    const [oldest] = this.kept.keys()
    if (this.kept.size > maxKept) this.kept.delete(oldest!)
    return batch
  }

  /** The place behind so many lines. @returns undefined where the file has fewer */
  async find(line: number): Promise<EventPlace | undefined> {
    let place = this.index.findLast(each => each.line <= line) ?? { line: 0, offset: 0 }
    while (place.line < line) {
      const bytes = await this.readBytes(place.offset)
      let [at, lines] = [0, place.line]
      while (lines < line) {
        const end = bytes.indexOf(lineFeed, at)
        if (end < 0) break
        at = end + 1
        lines++
      }
      // A line that is longer than a chunk is passed by the reading that skips it.
      const next = at > 0 ? { line: lines, offset: place.offset + at } : (await this.read(place)).end
      if (next.offset === place.offset) return undefined
      place = next
    }
    return place
  }

  private async readBatch(from: EventPlace): Promise<EventBatch> {
    const { generation } = this
    const bytes = await this.readBytes(from.offset)
    const last = bytes.lastIndexOf(lineFeed)
    if (last < 0) return this.skipLong(from, bytes.length)
    const whole = bytes.subarray(0, last + 1)
    const { records } = parseEvents(whole.toString())
    let lines = 0
    for (let at = whole.indexOf(lineFeed); at >= 0; at = whole.indexOf(lineFeed, at + 1)) lines++
    const end = { line: from.line + lines, offset: from.offset + whole.length }
    this.note(end, bytes.length === chunkBytes, generation)
    return { records, json: JSON.stringify(records), end }
  }

  private note(end: EventPlace, isFull: boolean, generation: number): void {
    if (generation !== this.generation) return
    this.seen = Math.max(this.seen, end.offset)
    if (isFull && end.offset > (this.index.at(-1)?.offset ?? 0)) this.index.push(end)
  }

  /** A line that doesn't fit into a chunk is passed over once it has an end; another one waits until it is whole. */
  private async skipLong(from: EventPlace, length: number): Promise<EventBatch> {
    const nothing = { records: [], json: '[]' }
    if (length < chunkBytes) return { ...nothing, end: from }
    const { generation } = this
    if (this.long.offset !== from.offset) this.long = { offset: from.offset, searched: from.offset }
    for (;;) {
      const bytes = await this.readBytes(this.long.searched)
      const end = bytes.indexOf(lineFeed)
      if (end >= 0) {
        const place = { line: from.line + 1, offset: this.long.searched + end + 1 }
        this.note(place, true, generation)
        return { ...nothing, end: place }
      }
      this.long = { ...this.long, searched: this.long.searched + bytes.length }
      if (bytes.length < chunkBytes) return { ...nothing, end: from }
    }
  }

  /** The bytes at a place, up to a chunk, and no more than there were at the last `refresh`. */
  private async readBytes(offset: number): Promise<Buffer> {
    const length = Math.max(0, Math.min(chunkBytes, this.size - offset))
    const bytes = Buffer.alloc(length)
    let filled = 0
    await this.withFile(async file => {
      while (filled < length) {
        const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
    })
    return bytes.subarray(0, filled)
  }

  /** Works with the file; undefined where none is there that can be read. */
  private async withFile<Result>(
    work: (file: FileHandle, found: { dev: number; ino: number; size: number }) => Promise<Result>,
  ): Promise<Result | undefined> {
    const file = await open(this.path, readFlags).catch(() => undefined)
    if (!file) return undefined
    try {
      const found = await file.stat()
      return found.isFile() ? await work(file, found) : undefined
    } finally {
      await file.close()
    }
  }
}
