import { lstat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ScalarDescription } from '@gankit/core'
import type { EventRecord } from '@gankit/experiment'
import {
  EventFile,
  type EventPlace,
  listSampleFiles,
  readRunLock,
  readSteering,
  runFiles,
} from '@gankit/experiment/node'

/** Samples of a step, and where a page gets them; a picture that is written anew gets another address. */
export interface ListedSample {
  readonly step: number
  readonly url: string
}

/** What a page shows of the steering. */
export interface ShownSteering {
  readonly paused: boolean
  readonly learningRateScale: number
  readonly stop: boolean
}

/** How a run is, beside its events. */
export interface RunStatus {
  /** Whether a process trains it. */
  readonly running: boolean
  /** Whether that process listens to what is wanted of it. */
  readonly canSteer: boolean
  readonly steering: ShownSteering
}

/** Milliseconds between two looks at the run's files, and so between two messages to a page. */
export const lookEvery = 250

/**
 * Follows a run that another process may be training: looks at its files four times a second as long as somebody wants to know,
 * once for all of them.
 */
export class RunFollower {
  readonly events: EventFile
  /** The descriptions of the game's scalars, as the last start had them. */
  scalars: readonly ScalarDescription[] = []
  status: RunStatus = {
    running: false,
    canSteer: false,
    steering: { paused: false, learningRateScale: 1, stop: false },
  }
  samples: readonly ListedSample[] = []
  /** The address of the real samples, where there are some. */
  real: string | undefined
  private readonly run: string
  private head: EventPlace = { line: 0, offset: 0 }
  private generation = 0
  /** What the records read so far say. */
  private ended = false
  private learningRateScale = 1
  private sampleFolder = ''
  private followers = 0
  private timer: NodeJS.Timeout | undefined
  private looking: Promise<void> | undefined
  private looked = Number.NEGATIVE_INFINITY
  private readonly waiting = new Set<() => void>()

  constructor(run: string) {
    this.run = run
    this.events = new EventFile(run)
  }

  /** Looks at the run as it is now. */
  async refreshNow(): Promise<void> {
    await this.looking
    this.looked = Number.NEGATIVE_INFINITY
    await this.refresh()
  }

  /** Looks at the run, unless that was done a moment ago. */
  refresh(): Promise<void> {
    if (this.looking) return this.looking
    if (performance.now() - this.looked < lookEvery / 2) return Promise.resolve()
    this.looking = this.look().finally(() => {
      this.looked = performance.now()
      this.looking = undefined
    })
    return this.looking
  }

  /** Keeps looking, until the function that it returns is called. */
  follow(): () => void {
    this.followers++
    this.timer ??= setInterval(() => void this.refresh(), lookEvery)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      if (--this.followers > 0) return
      clearInterval(this.timer)
      this.timer = undefined
    }
  }

  /** Resolves when something has changed, or after so many milliseconds. */
  change(within: number): Promise<void> {
    return new Promise(resolve => {
      const goOn = () => {
        clearTimeout(timer)
        this.waiting.delete(goOn)
        resolve()
      }
      const timer = setTimeout(goOn, within)
      this.waiting.add(goOn)
    })
  }

  /** Wakes all who wait for a change. */
  wake(): void {
    for (const goOn of [...this.waiting]) goOn()
  }

  private async look(): Promise<void> {
    const before = JSON.stringify([this.status, this.samples, this.real])
    const hasMore = await this.events.refresh()
    if (hasMore) await this.readOn()
    await this.readSamples()
    await this.readStatus()
    if (hasMore || JSON.stringify([this.status, this.samples, this.real]) !== before) this.wake()
  }

  /** Reads the events up to their end. */
  private async readOn(): Promise<void> {
    if (this.events.generation !== this.generation) {
      this.generation = this.events.generation
      this.head = { line: 0, offset: 0 }
      this.scalars = []
      this.ended = false
      this.learningRateScale = 1
    }
    for (;;) {
      const { records, end } = await this.events.read(this.head)
      if (end.offset === this.head.offset) return
      this.head = end
      for (const record of records) this.note(record)
    }
  }

  private note(record: EventRecord): void {
    if (record.type === 'start') {
      this.scalars = record.scalars ?? []
      this.ended = false
      this.learningRateScale = record.learningRateScale ?? 1
    }
    if (record.type === 'steered') this.learningRateScale = record.learningRateScale
    if (record.type === 'end') this.ended = true
  }

  private async readStatus(): Promise<void> {
    const [lock, wanted] = await Promise.all([readRunLock(this.run), readSteering(this.run)])
    const running = lock !== undefined && !this.ended
    const canSteer = running && wanted !== undefined
    const { paused, learningRateScale, stop } = canSteer
      ? wanted
      : { paused: false, learningRateScale: this.learningRateScale, stop: false }
    this.status = { running, canSteer, steering: { paused, learningRateScale, stop } }
  }

  private async readSamples(): Promise<void> {
    const { samples, realSamples } = runFiles(this.run)
    const folder = await lstat(samples).catch(() => undefined)
    const stamp = folder ? `${folder.ino} ${folder.mtimeMs}` : ''
    // A second that is not over yet may bring more under the same time, on a file system of whole seconds.
    if (stamp === this.sampleFolder && folder && Date.now() - folder.mtimeMs > 2000) return
    this.sampleFolder = stamp
    const files = await listSampleFiles(this.run)
    this.samples = await Promise.all(
      files.map(async ({ step, path }) => ({ step, url: await addressOf(path) })),
    )
    const real = await lstat(realSamples).catch(() => undefined)
    this.real = real?.isFile() ? await addressOf(realSamples) : undefined
  }
}

/** The address of samples, with the time of their writing. */
async function addressOf(path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined)
  return `/api/samples/${basename(path)}?written=${Math.round(found?.mtimeMs ?? 0)}`
}
