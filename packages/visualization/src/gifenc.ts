/// <reference path="./gifenc-module.d.ts" />
import * as library from 'gifenc'

export type Colour = [red: number, green: number, blue: number]

interface FrameOptions {
  /** The palette of all pictures, with the first one. */
  readonly palette?: readonly Colour[]
  /** Milliseconds; the file has hundredths of a second. */
  readonly delay: number
  /** 0 without end, −1 once; what the first picture says counts. */
  readonly repeat: number
}

/** The part of gifenc 1.0 that is used here. */
interface Gifenc {
  GIFEncoder(): {
    /** @param indices [height, width], places in the palette */
    writeFrame(indices: Uint8Array, width: number, height: number, options: FrameOptions): void
    finish(): void
    bytes(): Uint8Array<ArrayBuffer>
  }
  /** @param rgba four bytes a pixel, in a buffer of their own */
  quantize(rgba: Uint8Array, maxColors: number, options: { format: 'rgb444' | 'rgb565' }): Colour[]
  nearestColorIndex(palette: readonly Colour[], colour: Colour): number
}

/** Bundlers take the package's ES module; Node takes its CommonJS one, and finds names only below its default. */
export const gifenc: Gifenc = 'quantize' in library ? library : library.default
