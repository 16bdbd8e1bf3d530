import { GankitError } from '@gankit/core'
import { checkWholeNumber } from './options.ts'

/** Pixels: what every function here takes or gives. */
export interface Picture {
  /** Pixels. */
  readonly width: number
  /** Pixels. */
  readonly height: number
  /** 1 is grey, 3 is red, green and blue. */
  readonly channels: 1 | 3
  /** [height, width, channels], row-major; 0 is black, 255 is white or full colour. */
  readonly data: Uint8Array
}

/** @throws GankitError unless the sizes are whole numbers and `data` holds just as many bytes as they say */
export function checkPicture({ width, height, channels, data }: Picture): void {
  checkWholeNumber('width', width, 1)
  checkWholeNumber('height', height, 1)
  if (channels !== 1 && channels !== 3)
    throw new GankitError(
      'visualization',
      'option',
      `channels is ${channels}, expected 1 (grey) or 3 (red, green, blue)`,
    )
  const expected = width * height * channels
  if (data.length !== expected)
    throw new GankitError(
      'visualization',
      'data',
      `picture has ${data.length} bytes, expected ${expected} (${height} × ${width} × ${channels})`,
    )
}
