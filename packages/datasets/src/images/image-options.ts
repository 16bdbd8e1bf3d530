import { type Augmentation, GankitError, parseOptions } from '@gankit/core'
import { createOptionsSchema, type ImageOptions } from '../options.ts'

/** Options with their defaults in place. */
export interface ImageSettings extends Required<Omit<ImageOptions, 'size' | 'flip' | 'jitter'>> {
  /** Of pictures before `reduce` makes them smaller. */
  readonly height: number
  readonly width: number
  readonly sampleShape: readonly [height: number, width: number, channels: number]
  readonly augment?: Augmentation
}

/** Most pixels in a picture, 11,585 per side where it is square: larger ones are mistakes or attacks. */
export const maxPixels: number = 2 ** 27

const schema = createOptionsSchema('pictures', 'folders')

/** Checks options and fills in their defaults. @throws GankitError that names the option at fault */
export function parseImageOptions(options: ImageOptions): ImageSettings {
  const { size, flip, jitter, ...others } = parseOptions('datasets', schema, options)
  const [height, width] = typeof size === 'number' ? [size, size] : size
  const { channels, reduce } = others
  checkReduce(reduce, height, width)
  return {
    ...others,
    height,
    width,
    sampleShape: [height / reduce, width / reduce, channels],
    ...((flip || jitter > 0) && { augment: { flip, jitter } }),
  }
}

/** @throws GankitError unless a factor divides the size of pictures */
export function checkReduce(reduce: number, height: number, width: number): void {
  if (height % reduce > 0 || width % reduce > 0)
    throw new GankitError(
      'datasets',
      'option',
      `reduce is ${reduce}, expected a factor that divides the size, ${width === height ? width : `${height}×${width}`}: change one of them`,
      { option: 'reduce' },
    )
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A part of a picture, in pixels. */
export interface Region extends Size {
  readonly left: number
  readonly top: number
}

/**
 * The part of a picture that `crop` keeps.
 * @returns undefined where the picture is smaller than the crop
 */
export function findCropRegion({ crop, height, width }: ImageSettings, picture: Size): Region | undefined {
  if (crop === 'none') return { left: 0, top: 0, width: picture.width, height: picture.height }
  if (typeof crop === 'number')
    return crop > picture.width || crop > picture.height ? undefined : centerRegion(picture, crop, crop)
  const scale = Math.min(picture.width / width, picture.height / height)
  return centerRegion(picture, roundToPixels(width * scale), roundToPixels(height * scale))
}

function centerRegion(picture: Size, width: number, height: number): Region {
  return {
    left: Math.floor((picture.width - width) / 2),
    top: Math.floor((picture.height - height) / 2),
    width,
    height,
  }
}

const roundToPixels = (length: number): number => Math.max(1, Math.round(length))
