/** How far a run is. */
interface Mark {
  readonly images: number
  readonly seconds: number
}

/** Images a second from one reading to the next. */
export class Rate {
  private last: Mark | undefined

  /** Counts from here, unless it counts already: the first step of a run compiles and warms up. */
  begin({ images, seconds }: Mark): void {
    this.last ??= { images, seconds }
  }

  /** Images a second since the reading before; NaN where there is none. */
  since({ images, seconds }: Mark): number {
    const { last } = this
    this.last = { images, seconds }
    return last ? (images - last.images) / (seconds - last.seconds) : Number.NaN
  }

  /** After a run fell back, images no longer count from where they did. */
  forget(): void {
    this.last = undefined
  }
}
