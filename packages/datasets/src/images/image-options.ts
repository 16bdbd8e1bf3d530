import { type Augmentation, parseOptions, wholeNumber } from '@gankit/core'
import * as v from 'valibot'

/** How pictures of any size and kind become samples of one shape. */
export interface ImageOptions {
  /** Pixels a side, or [height, width]; 1 to 4,096. Default 64. */
  readonly size?: number | readonly [height: number, width: number]
  /** 3 is red, green and blue, 1 is grey. Default 3. */
  readonly channels?: 1 | 3
  /**
   * What of a picture is taken before it is resized. 'centre': the largest centred part of the shape of `size`. 'none':
   * all of it, squeezed. A number: a centred square of that many pixels a side; smaller pictures are skipped.
   * Default 'centre'.
   */
  readonly crop?: 'centre' | 'none' | number
  /** How pixels are weighted where sizes change; all but 'nearest' are antialiased. Default 'lanczos3'. */
  readonly resize?: 'lanczos3' | 'cubic' | 'linear' | 'nearest'
  /** Whether batches mirror every other sample, at random, unless they are told otherwise. Default false. */
  readonly flip?: boolean
  /** 'folders': the class of a picture is the first folder on its path. Default 'none'. */
  readonly labels?: 'folders' | 'none'
  /** What is behind transparent pixels: red, green and blue, 0 to 255. Default white. */
  readonly background?: readonly [red: number, green: number, blue: number]
}

/** Options with their defaults in place. */
export interface ImageSettings extends Required<Omit<ImageOptions, 'size' | 'flip'>> {
  readonly height: number
  readonly width: number
  /** [height, width, channels] */
  readonly sampleShape: readonly [height: number, width: number, channels: number]
  readonly augment?: Augmentation
}

/** Pixels in a picture at most, 11,585 a side: larger ones are mistakes or attacks. */
export const maxPixels: number = 2 ** 27

const side = v.pipe(wholeNumber(1), v.maxValue(4096))
const level = v.pipe(wholeNumber(0), v.maxValue(255))
const schema = v.object({
  size: v.optional(v.union([side, v.tuple([side, side])]), 64),
  channels: v.optional(v.picklist([1, 3]), 3),
  crop: v.optional(v.union([v.picklist(['centre', 'none']), wholeNumber(1)]), 'centre'),
  resize: v.optional(v.picklist(['lanczos3', 'cubic', 'linear', 'nearest']), 'lanczos3'),
  flip: v.optional(v.boolean(), false),
  labels: v.optional(v.picklist(['folders', 'none']), 'none'),
  background: v.optional(v.tuple([level, level, level]), [255, 255, 255]),
})

/** Checks options and fills in their defaults. @throws GankitError that names the option at fault */
export function imageSettings(options: ImageOptions): ImageSettings {
  const { size, flip, ...rest } = parseOptions('datasets', schema, options)
  const [height, width] = typeof size === 'number' ? [size, size] : size
  return {
    ...rest,
    height,
    width,
    sampleShape: [height, width, rest.channels],
    ...(flip && { augment: { flip } }),
  }
}

/** A part of a picture, in pixels. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * What `crop` takes of a picture.
 * @returns undefined where the picture is smaller than the crop
 */
export function regionOf(
  { crop, height, width }: ImageSettings,
  picture: { readonly width: number; readonly height: number },
): Region | undefined {
  if (crop === 'none') return { left: 0, top: 0, ...sizeOf(picture.width, picture.height) }
  if (typeof crop === 'number')
    return crop > picture.width || crop > picture.height ? undefined : centred(picture, crop, crop)
  const scale = Math.min(picture.width / width, picture.height / height)
  return centred(picture, atLeastOne(width * scale), atLeastOne(height * scale))
}

function centred(picture: { readonly width: number; readonly height: number }, w: number, h: number): Region {
  return {
    left: Math.floor((picture.width - w) / 2),
    top: Math.floor((picture.height - h) / 2),
    ...sizeOf(w, h),
  }
}

const sizeOf = (width: number, height: number) => ({ width, height })
const atLeastOne = (length: number) => Math.max(1, Math.round(length))
