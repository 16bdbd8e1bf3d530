/// <reference path="./gifenc-module.d.ts" />
import * as library from 'gifenc'

export type Color = [red: number, green: number, blue: number]

interface FrameOptions {
  /** The palette of all pictures, with the first one. */
  readonly palette?: readonly Color[]
  /** Milliseconds; the file stores hundredths of a second. */
  readonly delay: number
  /** 0: without end, −1: once. Only the first picture's value counts. */
  readonly repeat: number
}

/** The part of gifenc 1.0 that this package uses. */
interface Gifenc {
  GIFEncoder(): {
    /** @param indices [height, width], into the palette */
    writeFrame(indices: Uint8Array, width: number, height: number, options: FrameOptions): void
    finish(): void
    bytes(): Uint8Array<ArrayBuffer>
  }
  /** @param rgba four bytes a pixel; its buffer holds nothing else */
  quantize(rgba: Uint8Array, maxColors: number, options: { format: 'rgb444' | 'rgb565' }): Color[]
  nearestColorIndex(palette: readonly Color[], color: Color): number
}

/** Bundlers load the package's ES module; Node loads its CommonJS one, whose names are properties of `default`. */
export const gifenc: Gifenc = 'quantize' in library ? library : library.default
