import { coverLine, layColor } from '@gankit/inference/page/drawing/brush.js'
import { fillArea } from '@gankit/inference/page/drawing/fill.js'
import { createHistory } from '@gankit/inference/page/drawing/history.js'
import { plainPixels } from '@gankit/inference/page/drawing/pixels.js'
import { type Signal, signal } from '@preact/signals'
import type { Pixels } from '../protocol.ts'

export type Color = readonly [red: number, green: number, blue: number]

/** In pixels of the sheet; the middle of the first one is at 0.5, 0.5. */
export type Place = readonly [x: number, y: number]

/** What an empty sheet is covered with: paper, or the background among labels. */
export const paper: Color = [255, 255, 255]
export const ink: Color = [0, 0, 0]

interface Stroke {
  readonly mask: Float32Array
  last: Place
}

/** A drawing of as many pixels as the generator takes, with what was before. */
export class Sheet {
  readonly width: number
  readonly height: number
  /** Another object after each change, also in the middle of a stroke. */
  readonly pixels: Signal<Pixels>
  readonly canUndo: Signal<boolean> = signal(false)
  readonly canRedo: Signal<boolean> = signal(false)
  private readonly data: Uint8ClampedArray<ArrayBuffer>
  private readonly isSoft: boolean
  private readonly history
  private stroke: Stroke | undefined

  /** @param isSoft whether the edges of strokes cover pixels in part; labels are whole or not there */
  constructor(width: number, height: number, isSoft: boolean) {
    this.width = width
    this.height = height
    this.isSoft = isSoft
    this.data = plainPixels(width * height, [...paper])
    this.history = createHistory(this.data.slice() as Uint8ClampedArray)
    this.pixels = signal(this.read())
  }

  get isDrawing(): boolean {
    return this.stroke !== undefined
  }

  get isBlank(): boolean {
    return this.data.every((value, i) => i % 4 === 3 || value === paper[i % 4])
  }

  begin(place: Place): void {
    this.cancel()
    this.stroke = { mask: new Float32Array(this.width * this.height), last: place }
  }

  /** Draws on to a place. @param radius in pixels of the sheet */
  extend(place: Place, radius: number, color: Color): void {
    const { stroke } = this
    if (!stroke) return
    coverLine(stroke.mask, this.width, [...stroke.last], [...place], radius, this.isSoft)
    stroke.last = place
    layColor(this.data, this.history.current(), stroke.mask, [...color])
    this.show()
  }

  end(): void {
    if (!this.stroke) return
    this.stroke = undefined
    this.commit()
  }

  fill([x, y]: Place, color: Color): void {
    this.cancel()
    const inside = x >= 0 && y >= 0 && x < this.width && y < this.height
    if (inside) fillArea(this.data, this.width, [x, y], [...color])
    this.commit()
  }

  /** Takes other pixels, of the same size. */
  replace({ data }: Pixels): void {
    this.cancel()
    this.data.set(data)
    this.commit()
  }

  clear(): void {
    this.cancel()
    this.data.set(plainPixels(this.width * this.height, [...paper]))
    this.commit()
  }

  /** Goes back or forth; a stroke that isn't done is dropped. */
  go(step: -1 | 1): void {
    const wasDrawing = this.stroke !== undefined
    if (!(wasDrawing && step < 0)) this.history.go(step)
    this.cancel()
    this.show()
  }

  private cancel(): void {
    this.stroke = undefined
    this.data.set(this.history.current())
  }

  private commit(): void {
    const before = this.history.current()
    if (this.data.some((value, i) => value !== before[i])) this.history.add(this.data.slice())
    this.show()
  }

  private show(): void {
    this.pixels.value = this.read()
    this.canUndo.value = this.history.canUndo() || this.stroke !== undefined
    this.canRedo.value = this.history.canRedo()
  }

  private read(): Pixels {
    return { width: this.width, height: this.height, data: this.data }
  }
}
