import {
  type Augmentation,
  checkInteger,
  checkOption,
  GankitError,
  type Position,
  type RandomStream,
  randomStream,
  sizeOfShape,
} from '@gankit/core'
import type { BatchValues, Values } from './batches.ts'

/** What is to be augmented. */
interface AugmentedSamples {
  readonly sampleShape: readonly number[]
  readonly dtype?: 'float32' | 'int32'
  readonly conditionShape?: readonly number[]
}

/** Changes the values of the batch at a position. */
type Augment = (values: BatchValues, position: Position) => BatchValues

type ImageShape = readonly [height: number, width: number, channels: number]

/** A mirroring, and a shift in pixels. */
interface Motion {
  readonly flipped: boolean
  readonly down: number
  readonly right: number
}

/**
 * Makes the function that augments batches of images in bytes; batches of other values pass unchanged. Conditions that are
 * images of the same height and width are mirrored and moved together with their samples; brightness and contrast change
 * the samples alone. The random numbers depend on seed and position only, so a resumed run draws the same ones.
 * @throws GankitError for an amount out of range, for samples that aren't images, and for a motion where conditions are
 * images of another size
 */
export function createAugment(
  { flip = false, translate = 0, brightness = 0, contrast = 0 }: Augmentation,
  samples: AugmentedSamples,
  seed = 0,
): Augment {
  checkInteger('datasets', 'augment.translate', translate, 0)
  checkShare('augment.brightness', brightness)
  checkShare('augment.contrast', contrast)
  const moves = flip || translate > 0
  if (!moves && !brightness && !contrast) return values => values
  const shape = checkImages(samples)
  const conditionShape = moves ? findPairedShape(shape, samples.conditionShape) : undefined

  return (values, { epoch, batch }) => {
    if (!(values.samples instanceof Uint8Array)) return values
    const random = randomStream(seed, `datasets/augment/${epoch}`, batch)
    const changed = values.samples.slice()
    const movedConditions = conditionShape && values.conditions?.slice()
    for (let i = 0; i < values.samples.length / sizeOfShape(shape); i++) {
      const flipped = flip && random.bits(1)[0]! >= 2 ** 31
      const [down, right] = translate ? drawShift(random, translate) : [0, 0]
      const motion = { flipped, down, right }
      moveImage(values.samples, changed, i, shape, motion)
      if (movedConditions) moveImage(values.conditions!, movedConditions, i, conditionShape!, motion)
      if (brightness || contrast) {
        const [light, spread] = random.uniform(2, -1, 1)
        const sample = changed.subarray(i * sizeOfShape(shape), (i + 1) * sizeOfShape(shape))
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
  conditionShape: readonly number[] | undefined,
): ImageShape | undefined {
  if (conditionShape?.length !== 3) return undefined
  if (conditionShape[0] !== height || conditionShape[1] !== width)
    throw new GankitError(
      'datasets',
      'option',
      `augment moves conditions with their samples, and conditions have shape [${conditionShape}], expected ${height}×${width} as the samples have: leave flip and translate out`,
    )
  return conditionShape as unknown as ImageShape
}

function drawShift(random: RandomStream, max: number): [down: number, right: number] {
  const [down, right] = random.uniform(2, -max - 0.5, max + 0.5)
  return [Math.round(down!), Math.round(right!)]
}

/** Writes image `index` of one batch, moved, into its place in another. */
function moveImage(
  from: Values,
  to: Values,
  index: number,
  [height, width, channels]: ImageShape,
  { flipped, down, right }: Motion,
): void {
  if (!flipped && !down && !right) return
  const start = index * height * width * channels
  let at = start
  for (let y = 0; y < height; y++) {
    const row = Math.min(Math.max(y - down, 0), height - 1) * width
    for (let x = 0; x < width; x++) {
      const moved = Math.min(Math.max(x - right, 0), width - 1)
      const pixel = start + (row + (flipped ? width - 1 - moved : moved)) * channels
      for (let c = 0; c < channels; c++) to[at++] = from[pixel + c]!
    }
  }
}

/** Changes brightness, and contrast about mid gray. */
function relight(bytes: Uint8Array, lighter: number, contrast: number): void {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, b) => (b - 127.5) * contrast + 127.5 + lighter)
  for (let i = 0; i < bytes.length; i++) bytes[i] = table[bytes[i]!]!
}

function checkShare(name: string, value: number): void {
  checkOption('datasets', name, value, value >= 0 && value < 1, 'a number from 0 to below 1')
}
