import {
  type Augmentation,
  checkInteger,
  GankitError,
  type Position,
  type RandomStream,
  randomStream,
} from '@gankit/core'

/** Changes a batch of images, byte by byte; what is no image it leaves alone. */
type Augment = <Values extends Uint8Array | Float32Array>(values: Values, position: Position) => Values

/**
 * What an augmentation does to the batch at a position. The random numbers depend on seed and position alone, so a
 * resumed run changes its images as one that never stopped.
 * @throws GankitError for an amount out of range, and for samples that are no images
 */
export function augmenter(
  { flip = false, translate = 0, brightness = 0, contrast = 0 }: Augmentation,
  sampleShape: readonly number[],
  seed = 0,
): Augment {
  checkInteger('datasets', 'augment.translate', translate, 0)
  checkShare('augment.brightness', brightness)
  checkShare('augment.contrast', contrast)
  if (!flip && !translate && !brightness && !contrast) return values => values
  if (sampleShape.length !== 3)
    throw new GankitError(
      'datasets',
      'option',
      `augment is for images, [height, width, channels], and these samples have shape [${sampleShape}]: leave it out`,
    )
  const [height, width, channels] = sampleShape as [number, number, number]
  const sampleSize = height * width * channels

  return (values, { epoch, batch }) => {
    if (!(values instanceof Uint8Array)) return values
    const random = randomStream(seed, `datasets/augment/${epoch}`, batch)
    const changed = values.slice()
    for (let at = 0; at < values.length; at += sampleSize) {
      const flipped = flip && random.bits(1)[0]! >= 2 ** 31
      const [down, right] = translate ? shift(random, translate) : [0, 0]
      const from = values.subarray(at, at + sampleSize)
      const to = changed.subarray(at, at + sampleSize)
      if (flipped || down || right) move(from, to, [height, width, channels], flipped, down, right)
      if (brightness || contrast) {
        const [light, spread] = random.uniform(2, -1, 1)
        relight(to, light! * brightness * 255, 1 + spread! * contrast)
      }
    }
    return changed as typeof values
  }
}

function shift(random: RandomStream, most: number): [down: number, right: number] {
  const [down, right] = random.uniform(2, -most - 0.5, most + 0.5)
  return [Math.round(down!), Math.round(right!)]
}

function move(
  from: Uint8Array,
  to: Uint8Array,
  [height, width, channels]: readonly [number, number, number],
  flipped: boolean,
  down: number,
  right: number,
): void {
  let at = 0
  for (let y = 0; y < height; y++) {
    const row = Math.min(Math.max(y - down, 0), height - 1) * width
    for (let x = 0; x < width; x++) {
      const moved = Math.min(Math.max(x - right, 0), width - 1)
      const pixel = (row + (flipped ? width - 1 - moved : moved)) * channels
      for (let c = 0; c < channels; c++) to[at++] = from[pixel + c]!
    }
  }
}

/** Contrast is about mid grey. */
function relight(bytes: Uint8Array, lighter: number, contrast: number): void {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, b) => (b - 127.5) * contrast + 127.5 + lighter)
  for (let i = 0; i < bytes.length; i++) bytes[i] = table[bytes[i]!]!
}

function checkShare(name: string, value: number): void {
  if (value >= 0 && value < 1) return
  throw new GankitError('datasets', 'option', `${name} is ${value}, expected a number from 0 to below 1`)
}
