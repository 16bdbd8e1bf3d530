import type { ConditionAttribute, Latent } from '@gankit/core'
import { type Signal, signal } from '@preact/signals'
import { callWorker, isAborted, takeLatest } from '../client.ts'
import { blendCorners, type Corners, type Point } from '../latents.ts'
import type { Input, OpenedGenerator, Pixels } from '../protocol.ts'
import { createTiles, fillTiles, type Tile } from './tiles.ts'

/** Samples in the grid: whole rows of 8, 6 and 4. */
export const tileCount = 48
/** Pictures of a row of the square between four. */
export const squareSide = 7
const directionCount = 8

export type GridMode = 'samples' | 'variations'

/** What the page of a generator of noise shows, and how it changes. */
export class NoiseState {
  readonly opened: Signal<OpenedGenerator | undefined> = signal(undefined)
  readonly failure: Signal<string> = signal('')

  readonly mode: Signal<GridMode> = signal('samples')
  readonly seed: Signal<number> = signal(0)
  /** Values of attributes that all samples have; others stay as they were drawn. */
  readonly attributes: Signal<Readonly<Record<string, string>>> = signal({})
  readonly distance: Signal<number> = signal(0.4)
  readonly tiles: readonly Tile[] = createTiles(tileCount)
  readonly done: Signal<number> = signal(0)
  /** Milliseconds that the grid took, once it is whole. */
  readonly time: Signal<number | undefined> = signal(undefined)

  /** The tile that is chosen, as long as nothing about it has been changed. */
  readonly chosenTile: Signal<number | undefined> = signal(0)
  readonly chosen: Signal<Input | undefined> = signal(undefined)
  readonly chosenPixels: Signal<Pixels | undefined> = signal(undefined)
  readonly directions: Signal<readonly Float32Array[]> = signal([])

  readonly corners: Signal<Corners | undefined> = signal(undefined)
  readonly square: readonly Tile[] = createTiles(squareSide ** 2)
  readonly point: Signal<Point> = signal([0.5, 0.5])
  readonly blended: Signal<Pixels | undefined> = signal(undefined)

  private filling = new AbortController()
  private squaring = new AbortController()
  private variation = 0
  private firstCorner = 0

  get latent(): Latent {
    return this.opened.value!.description.noise!
  }

  get attributeList(): readonly ConditionAttribute[] {
    const condition = this.opened.value?.description.condition
    return condition?.kind === 'categories' ? condition.attributes : []
  }

  async begin(opened: OpenedGenerator): Promise<void> {
    this.opened.value = opened
    await this.drawGrid(true)
    await this.attempt(async () => {
      this.directions.value = await callWorker('findDirections', {
        name: opened.name,
        count: directionCount,
      })
    })
    if (!this.corners.value) this.takeOtherCorners()
  }

  /**
   * Draws the grid anew: the samples of the seed, or variations of one.
   * @param choosesFirst whether its first picture becomes the chosen one
   */
  private async drawGrid(choosesFirst: boolean): Promise<void> {
    const opened = this.opened.value
    if (!opened) return
    this.filling.abort()
    this.filling = new AbortController()
    const { signal } = this.filling
    const { name } = opened
    this.done.value = 0
    this.time.value = undefined
    const start = performance.now()
    await this.attempt(async () => {
      const { origin, variation } = this
      const common = { name, count: tileCount }
      const inputs =
        this.mode.value === 'variations' && origin
          ? await callWorker(
              'varyInput',
              { ...common, input: origin, seed: variation, distance: this.distance.value },
              { signal },
            )
          : await callWorker(
              'drawInputs',
              { ...common, seed: this.seed.value, attributes: this.attributes.value },
              { signal },
            )
      await fillTiles(name, this.tiles, inputs, signal, done => {
        this.done.value = done
        if (done === 1 && choosesFirst) this.chooseTile(0)
      })
      this.time.value = performance.now() - start
    })
  }

  /** What variations come from. */
  private origin: Input | undefined

  /** Shows variations of the chosen one. */
  vary(): void {
    if (!this.chosen.value) return
    this.origin = this.chosen.value
    this.variation += 1
    this.mode.value = 'variations'
    this.chosenTile.value = 0
    void this.drawGrid(false)
  }

  /** Goes back to the samples of the seed; the chosen one stays. */
  showSamples(): void {
    this.mode.value = 'samples'
    this.chosenTile.value = undefined
    void this.drawGrid(false)
  }

  setSeed(seed: number): void {
    this.seed.value = seed
    this.mode.value = 'samples'
    void this.drawGrid(true)
  }

  /** Gives all samples a value of an attribute; undefined leaves it as it was drawn. */
  setAttribute(name: string, value: string | undefined): void {
    const { [name]: _, ...others } = this.attributes.value
    this.attributes.value = value === undefined ? others : { ...others, [name]: value }
    this.mode.value = 'samples'
    void this.drawGrid(true)
  }

  setDistance(distance: number): void {
    this.distance.value = distance
    void this.drawGrid(false)
  }

  chooseTile(i: number): void {
    const { input, pixels, isWaiting } = this.tiles[i]!
    if (!input) return
    this.chosenTile.value = i
    this.chosen.value = input
    if (isWaiting.value) this.showChosen(input)
    else this.chosenPixels.value = pixels.value
  }

  /** Takes an input in place of the chosen one. */
  change(input: Input): void {
    this.chosenTile.value = undefined
    this.chosen.value = input
    this.showChosen(input)
  }

  private readonly showChosen = takeLatest((input: Input) =>
    this.attempt(async () => {
      const [pixels] = await callWorker('sample', { name: this.opened.value!.name, inputs: [input] })
      // Another tile may have been chosen meanwhile.
      if (this.chosen.value === input) this.chosenPixels.value = pixels
    }),
  )

  /** Takes the next four samples of the grid as corners. */
  takeOtherCorners(): void {
    const inputs = [0, 1, 2, 3].map(i => this.tiles[(this.firstCorner + i) % tileCount]!.input)
    if (!inputs.every(input => input !== undefined)) return
    this.firstCorner = (this.firstCorner + 4) % tileCount
    this.setCorners(inputs as unknown as Corners)
  }

  putIntoCorner(at: number): void {
    const { corners, chosen } = this
    if (corners.value && chosen.value)
      this.setCorners(
        corners.value.map((corner, i) => (i === at ? chosen.value : corner)) as unknown as Corners,
      )
  }

  private setCorners(corners: Corners): void {
    this.corners.value = corners
    this.movePoint(this.point.value)
    this.squaring.abort()
    this.squaring = new AbortController()
    const { signal } = this.squaring
    const inputs = Array.from({ length: squareSide ** 2 }, (_, i) =>
      blendCorners(this.latent, corners, [
        (i % squareSide) / (squareSide - 1),
        Math.floor(i / squareSide) / (squareSide - 1),
      ]),
    )
    void this.attempt(() => fillTiles(this.opened.value!.name, this.square, inputs, signal))
  }

  movePoint([x, y]: Point): void {
    const clamp = (value: number) => Math.min(1, Math.max(0, value))
    this.point.value = [clamp(x), clamp(y)]
    if (this.corners.value) this.showBlended(this.blendedInput)
  }

  get blendedInput(): Input {
    return blendCorners(this.latent, this.corners.value!, this.point.value)
  }

  private readonly showBlended = takeLatest((input: Input) =>
    this.attempt(async () => {
      const [pixels] = await callWorker('sample', { name: this.opened.value!.name, inputs: [input] })
      this.blended.value = pixels
    }),
  )

  /** Does something, and says what went wrong; what was called off is left as it is. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      this.failure.value = ''
    } catch (error) {
      if (!isAborted(error)) this.failure.value = (error as Error).message
    }
  }
}
