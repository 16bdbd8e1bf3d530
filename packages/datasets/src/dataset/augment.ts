import {
  type Augmentation,
  type Condition,
  checkInteger,
  checkOption,
  GankitError,
  type Position,
  type RandomStream,
  randomStream,
  sizeOfShape,
} from '@gankit/core'
import { mixPixels } from '../images/resample.ts'
import { computeTaps } from '../images/taps.ts'
import type { BatchValues, Values } from './batches.ts'

/** What is to be augmented. */
interface AugmentedSamples {
  readonly sampleShape: readonly number[]
  readonly dtype?: 'float32' | 'int32'
  readonly condition?: Condition
}

/** Changes the values of the batch at a position. */
type Augment = (values: BatchValues, position: Position) => BatchValues

type ImageShape = readonly [height: number, width: number, channels: number]

/** A mirroring, a shift in pixels, and a part that is enlarged to the whole. */
interface Motion {
  readonly flipped: boolean
  readonly down: number
  readonly right: number
  readonly part: Part
}

/** A part of an image, in shares of its sides, so that it is the same of images of every size. */
interface Part {
  readonly top: number
  readonly left: number
  /** 1 for all of it. */
  readonly side: number
}

/**
 * Makes the function that augments batches of images in bytes; batches of other values pass unchanged. Conditions that are
 * images of the same height and width are mirrored, moved and enlarged together with their samples; brightness and contrast change
 * the samples alone. The random numbers depend on seed and position only, so a resumed run draws the same ones.
 * @throws GankitError for an amount out of range, for samples that aren't images, and for a motion where conditions are
 * images of another size
 */
export function createAugment(
  { flip = false, jitter = 0, translate = 0, brightness = 0, contrast = 0 }: Augmentation,
  samples: AugmentedSamples,
  seed = 0,
): Augment {
  checkOption('datasets', 'augment.jitter', jitter, jitter >= 0 && jitter <= 1, 'a number from 0 to 1')
  checkInteger('datasets', 'augment.translate', translate, 0)
  checkShare('augment.brightness', brightness)
  checkShare('augment.contrast', contrast)
  const moves = flip || jitter > 0 || translate > 0
  if (!moves && !brightness && !contrast) return values => values
  const shape = checkImages(samples)
  const conditionShape = moves ? findPairedShape(shape, samples.condition) : undefined

  return (values, { epoch, batch }) => {
    if (!(values.samples instanceof Uint8Array)) return values
    const random = randomStream(seed, `datasets/augment/${epoch}`, batch)
    const changed = values.samples.slice()
    const movedConditions = conditionShape && values.conditions?.slice()
    for (let i = 0; i < values.samples.length / sizeOfShape(shape); i++) {
      const flipped = flip && random.bits(1)[0]! >= 2 ** 31
      const part = jitter ? drawPart(random, jitter) : whole
      const [down, right] = translate ? drawShift(random, translate) : [0, 0]
      const motion = { flipped, down, right, part }
      const sample = takeImage(changed, i, shape)
      moveImage(sample, shape, motion)
      if (movedConditions) moveImage(takeImage(movedConditions, i, conditionShape!), conditionShape!, motion)
      if (brightness || contrast) {
        const [light, spread] = random.uniform(2, -1, 1)
        relight(sample, light! * brightness * 255, 1 + spread! * contrast)
      }
    }
    return { ...values, samples: changed, ...(movedConditions && { conditions: movedConditions }) }
  }
}

function checkImages({ sampleShape, dtype }: AugmentedSamples): ImageShape {
  if (dtype === 'int32')
    throw new GankitError(
      'datasets',
      'option',
      'augment is for images, and these samples are whole numbers (int32): leave it out',
    )
  if (sampleShape.length !== 3)
    throw new GankitError(
      'datasets',
      'option',
      `augment is for images, [height, width, channels], and these samples have shape [${sampleShape}]: leave it out`,
    )
  return sampleShape as unknown as ImageShape
}

/** The shape of conditions that have to move with their samples; undefined where conditions aren't images. */
function findPairedShape(
  [height, width]: ImageShape,
  condition: Condition | undefined,
): ImageShape | undefined {
  if (condition?.kind !== 'image') return undefined
  const { shape } = condition
  if (shape[0] !== height || shape[1] !== width)
    throw new GankitError(
      'datasets',
      'option',
      `augment moves conditions with their samples, and conditions have shape [${shape}], expected ${height}×${width} as the samples have: leave flip, jitter and translate out`,
    )
  return shape
}

function drawShift(random: RandomStream, max: number): [down: number, right: number] {
  const [down, right] = random.uniform(2, -max - 0.5, max + 0.5)
  return [Math.round(down!), Math.round(right!)]
}

const whole: Part = { top: 0, left: 0, side: 1 }

function drawPart(random: RandomStream, jitter: number): Part {
  const side = 1 / (1 + jitter)
  const [top, left] = random.uniform(2, 0, 1 - side)
  return { top: top!, left: left!, side }
}

/** Image `index` of a batch, in place. */
function takeImage<Batch extends Values>(values: Batch, index: number, shape: ImageShape): Batch {
  const size = sizeOfShape(shape)
  return values.subarray(index * size, (index + 1) * size) as Batch
}

/** Enlarges a part of an image, moves and mirrors it, in place. */
function moveImage(image: Values, shape: ImageShape, { flipped, down, right, part }: Motion): void {
  const [height, width, channels] = shape
  if (part.side < 1) enlargePart(image, shape, part)
  if (!flipped && !down && !right) return
  const from = image.slice()
  let at = 0
  for (let y = 0; y < height; y++) {
    const row = Math.min(Math.max(y - down, 0), height - 1) * width
    for (let x = 0; x < width; x++) {
      const moved = Math.min(Math.max(x - right, 0), width - 1)
      const pixel = (row + (flipped ? width - 1 - moved : moved)) * channels
      for (let c = 0; c < channels; c++) image[at++] = from[pixel + c]!
    }
  }
}

/** Enlarges a part of an image to its size, bicubically. */
function enlargePart(image: Values, [height, width, channels]: ImageShape, { top, left, side }: Part): void {
  const columns = computeTaps(width, width, 'cubic', { start: left * width, length: side * width })
  const rows = computeTaps(height, height, 'cubic', { start: top * height, length: side * height })
  const data = image instanceof Int32Array ? Float32Array.from(image) : image
  const levels = mixPixels({ data, width, height, channels }, columns, rows)
  image.set(image instanceof Uint8Array ? Uint8ClampedArray.from(levels) : levels)
}

/** Changes brightness, and contrast about mid gray. */
function relight(bytes: Uint8Array, lighter: number, contrast: number): void {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, b) => (b - 127.5) * contrast + 127.5 + lighter)
  for (let i = 0; i < bytes.length; i++) bytes[i] = table[bytes[i]!]!
}

function checkShare(name: string, value: number): void {
  checkOption('datasets', name, value, value >= 0 && value < 1, 'a number from 0 to below 1')
}
