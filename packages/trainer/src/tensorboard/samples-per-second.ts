/** How far a run is. */
interface Progress {
  readonly samplesSeen: number
  readonly seconds: number
}

/** Samples a second from one reading to the next. */
export class SamplesPerSecond {
  private last: Progress | undefined

  /** Counts from here, unless it counts already: the first step of a run compiles and warms up. */
  begin({ samplesSeen, seconds }: Progress): void {
    this.last ??= { samplesSeen, seconds }
  }

  /** Samples a second since the reading before; NaN where there is none. */
  since({ samplesSeen, seconds }: Progress): number {
    const { last } = this
    this.last = { samplesSeen, seconds }
    return last ? (samplesSeen - last.samplesSeen) / (seconds - last.seconds) : Number.NaN
  }

  /** Starts anew: after a rollback samples no longer count from where they did. */
  forget(): void {
    this.last = undefined
  }
}
